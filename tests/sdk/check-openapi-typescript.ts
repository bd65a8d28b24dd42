// What the types of openapi-typescript, used with openapi-fetch, make of a later version of the API.
//
// Run by `tests/sdk/run`, with the server's address as its argument and the types beside it in `schema.d.ts`.

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

const sent: Request[] = [];
const client = createClient<paths>({
  baseUrl: process.argv[2],
  headers: { Authorization: `Basic ${btoa("AC1:secret")}` },
});
client.use({ onRequest: ({ request }) => void sent.push(request) });

const call = await client.GET("/v2/Calls/{CallSid}", { params: { path: { CallSid: "C1" } } });
assert.equal(call.response.status, 400);
const failure = call.error?.ResponseStatus;
// Compiles only because the type of codes is open.
assert.ok(failure?.ErrorCode === "CALL_ARCHIVED");
assert.deepEqual(failure.Errors, [{ FieldName: "CallSid" }]);

const message = await client.GET("/v2/Messages/{MessageSid}", { params: { path: { MessageSid: "M1" } } });
assert.ok(message.data?.Message.Status === "Teleported");

const path = { PropertySid: "P1" };
const batch = await client.POST("/v2/Properties/{PropertySid}/BatchMessages", {
  params: { path },
  body: { Messages: [{ To: "+61491570156", Text: "Hello" }] },
});
const entries: components["schemas"]["BatchEntry"][] = batch.data ?? [];
assert.ok(entries[0]?.MessageSid === "M1" && entries[1]?.ErrorCode === "RECIPIENT_ON_MARS");

const types = ["Local", "Toll-Free"];
const numbers = await client.GET("/v2/Properties/{PropertySid}/Numbers", {
  params: { path, query: { Type: types.join(",") } },
});
assert.deepEqual(numbers.data?.Numbers?.map((number) => number.Friendly), types);
assert.equal(new URL(sent.at(-1)?.url ?? "").search, "?Type=Local%2CToll-Free");

// openapi-fetch has no types at run time, so that it has to be told the media type.
const changed = await client.PATCH("/v2/Properties/{PropertySid}", {
  params: { path },
  body: { Name: "Renamed" },
  headers: { "Content-Type": "application/merge-patch+json" },
});
assert.equal(changed.response.status, 204);

const permission: components["schemas"]["Permission"] = { PropertySid: "P1", Scopes: "Manage" };
assert.equal(permission.AccountSid, undefined);
console.log("ok: openapi-typescript");
