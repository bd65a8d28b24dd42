// What a TypeScript client that @hey-api/openapi-ts generated makes of a later version of the API.
//
// Run by `tests/sdk/run`, with the server's address as its argument and the client beside it in `hey-api/`.

import assert from "node:assert/strict";
import { client } from "./hey-api/client.gen";
import * as api from "./hey-api/sdk.gen";
import type { BatchEntry, MessageStatus, Permission } from "./hey-api/types.gen";

const sent: Request[] = [];
client.setConfig({ baseUrl: process.argv[2], auth: (scheme) => (scheme.scheme === "basic" ? "AC1:secret" : undefined) });
client.interceptors.request.use((request) => {
  sent.push(request);
  return request;
});

const call = await api.getCall({ path: { CallSid: "C1" } });
assert.equal(call.response?.status, 400);
const failure = call.error?.ResponseStatus;
// Compiles only because the type of codes is open.
assert.ok(failure?.ErrorCode === "CALL_ARCHIVED");
assert.deepEqual(failure.Errors, [{ FieldName: "CallSid" }]);

const message = await api.getMessage({ path: { MessageSid: "M1" } });
const status: MessageStatus | undefined = message.data?.Message.Status;
assert.ok(status === "Teleported");

const body = { Messages: [{ To: "+61491570156", Text: "Hello" }] };
const batch = await api.sendMessageBatch({ path: { PropertySid: "P1" }, body });
const entries: BatchEntry[] = batch.data ?? [];
assert.ok(entries[0]?.MessageSid === "M1" && entries[1]?.ErrorCode === "RECIPIENT_ON_MARS");

const types = ["Local", "Toll-Free"];
const numbers = await api.listPropertyNumbers({ path: { PropertySid: "P1" }, query: { Type: types.join(",") } });
assert.deepEqual(numbers.data?.Numbers?.map((number) => number.Friendly), types);
assert.equal(new URL(sent.at(-1)?.url ?? "").search, "?Type=Local%2CToll-Free");

const changed = await api.updateProject({ path: { PropertySid: "P1" }, body: { Name: "Renamed" } });
assert.equal(changed.response?.status, 204);
assert.equal(sent.at(-1)?.headers.get("Content-Type"), "application/merge-patch+json");

const permission: Permission = { PropertySid: "P1", Scopes: "Manage" };
assert.equal(permission.AccountSid, undefined);
console.log("ok: @hey-api/openapi-ts");
