//! Text messages, in the model.

use serde_json::{Value, json};

use super::access::Caller;
use super::numbers::Number;
use super::request::Request;
use super::response::{Failure, Object, all_valid, failure, members, page};
use super::world::{World, is};

/// The numbers that are lent as senders.
const LENT: [&str; 5] = [
    "+61491576398",
    "+61491576801",
    "+61491577426",
    "+61491577644",
    "+61491578148",
];

const DAY: i64 = 86_400;

/// A message as it was accepted, and what was decided of it once it was due.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) stored: Object,
    fate: Fate,
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    /// Nothing changes any more.
    Settled,
    /// It will be due.
    Due(i64),
    /// It is handed on at this time.
    Submitted(i64),
}

/// A number that is lent to a project for its messages to one recipient.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    recipient: String,
    number: &'static str,
    project: String,
    ends: i64,
}

impl Message {
    /// A message of which nothing changes any more.
    pub(super) fn settled(stored: Object) -> Self {
        let fate = Fate::Settled;
        Self { stored, fate }
    }

    /// The message as it is shown at a time.
    fn shown(&self, now: i64) -> Value {
        let mut shown = self.stored.clone();
        let mut set = |name: &str, value: Value| drop(shown.insert(name.to_owned(), value));
        if let Fate::Submitted(time) = self.fate
            && time <= now
        {
            set("Status", "Submitted".into());
            set("Submitted", time.into());
            let wants_receipt = self.stored["DeliveryReceipt"] == Value::Bool(true);
            if wants_receipt && time + 3 <= now {
                set("Status", "Delivered".into());
                set("Delivered", (time + 3).into());
            }
        }
        shown.into()
    }
}

impl World {
    /// Decides what becomes of the messages that are due by now.
    pub(super) fn settle(&mut self, now: i64) {
        let mut messages = std::mem::take(&mut self.messages);
        for message in &mut messages {
            let Fate::Due(due) = message.fate else { continue };
            if due > now {
                continue;
            }
            if self.sends_messages(message.stored["PropertySid"].as_str().unwrap()) {
                message.fate = Fate::Submitted(due + 2);
            } else {
                message.fate = Fate::Settled;
                message.stored.insert("Status".to_owned(), "Failed".into());
                message
                    .stored
                    .insert("ErrorCode".to_owned(), "UNDELIVERABLE".into());
            }
        }
        self.messages = messages;
    }

    pub(super) fn find_messages(
        &self,
        request: &Request,
        caller: &Caller,
        now: i64,
    ) -> Result<Value, Failure> {
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        let (from, to) = (
            request.number("Date_From").unwrap(),
            request.number("Date_To").unwrap(),
        );
        let mut found: Vec<Value> = self
            .messages
            .iter()
            .filter(|message| is(&message.stored, "PropertySid", &request.path))
            .map(|message| message.shown(now))
            .filter(|shown| (from..to).contains(&shown["Created"].as_i64().unwrap()))
            .filter(|shown| {
                let passes = |name: &&str| request.query(name).is_none_or(|value| shown[name] == value);
                ["Status", "Direction"].iter().all(passes)
            })
            .collect();
        found.sort_by_key(|shown| shown["Created"].as_i64());
        let (items, _) = page(
            found,
            request.number("Results_Count"),
            200,
            request.number("Results_Skip"),
        );
        Ok(json!({"Messages": items}))
    }

    pub(super) fn get_message(&self, request: &Request, caller: &Caller, now: i64) -> Result<Value, Failure> {
        let is_it = |message: &&Message| {
            is(&message.stored, "MessageSid", &request.path)
                && caller.sees(message.stored["PropertySid"].as_str().unwrap())
        };
        match self.messages.iter().find(is_it) {
            Some(message) => Ok(json!({"Message": message.shown(now)})),
            None => Err(failure("PARAMETER_INVALID", "MessageSid")),
        }
    }

    pub(super) fn send_message(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        check_values(&request.body, now)?;
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        self.check_sender(caller, &request.path, &request.body)?;
        self.check_can_send(&request.path)?;
        let sid = &given["Message"]["MessageSid"];
        Ok(json!({"Message": self.accept(caller, &request.path, &request.body, now, sid)}))
    }

    pub(super) fn send_batch(
        &mut self,
        request: &Request,
        caller: &Caller,
        now: i64,
        given: &Value,
    ) -> Result<Value, Failure> {
        if !caller.sees(&request.path) {
            return Err(failure("PROPERTY_NOT_FOUND", "PropertySid"));
        }
        self.check_can_send(&request.path)?;
        let mut entries = Vec::new();
        for (index, message) in request.body["Messages"].as_array().unwrap().iter().enumerate() {
            let checked =
                check_values(message, now).and_then(|()| self.check_sender(caller, &request.path, message));
            entries.push(match checked {
                Ok(()) => self.accept(caller, &request.path, message, now, &given[index]["MessageSid"]),
                Err(failure) => json!({"ErrorCode": failure.code}),
            });
        }
        Ok(entries.into())
    }

    fn check_can_send(&self, project: &str) -> Result<(), Failure> {
        match self.sends_messages(project) {
            true => Ok(()),
            false => Err(Failure {
                code: "FORBIDDEN",
                fields: Vec::new(),
            }),
        }
    }

    /// A sender that is a number is an active one of the project that can send.
    fn check_sender(&self, caller: &Caller, project: &str, body: &Value) -> Result<(), Failure> {
        let Some(number) = body["From"].as_str().filter(|from| from.starts_with('+')) else {
            return Ok(());
        };
        let of_account = self.projects_of(&caller.account);
        let is_it = |known: &&Number| {
            let project = known.project().unwrap_or_default().to_owned();
            is(&known.shown, "Number", number) && of_account.contains(&project)
        };
        let found = self.numbers.iter().find(is_it);
        let number = found.ok_or_else(|| failure("NUMBER_NOT_FOUND", "From"))?;
        if number.project() != Some(project) {
            return Err(failure("NUMBER_BELONGS_TO_DIFFERENT_PROPERTY", "From"));
        }
        match is(&number.shown, "Status", "Active") && number.can("SMS") {
            true => Ok(()),
            false => all_valid(vec!["From"]),
        }
    }

    fn accept(&mut self, caller: &Caller, project: &str, body: &Value, now: i64, sid: &Value) -> Value {
        let to = body["To"].as_str().unwrap();
        let from = body["From"].as_str().unwrap_or("").to_owned();
        let is_leased = from.trim().is_empty() || !from.starts_with('+') && to.starts_with("+1");
        let from = if is_leased {
            self.lease(project, to, now).to_owned()
        } else {
            from
        };
        let text = body["Text"].as_str().unwrap();
        let schedule = body["Schedule"].as_i64();
        let sid = self.new_identifier(sid, "MG");
        let all = json!({
            "MessageSid": sid, "AccountSid": caller.account, "PropertySid": project, "From": from, "To": to,
            "Text": text, "DeliveryReceipt": body["DeliveryReceipt"].as_bool().unwrap_or(true),
            "NumSegments": segments(text), "Status": "Processing", "Direction": "Transmit", "Scheduled": schedule,
            "Created": now, "ExternalId": body.get("ExternalId"),
        });
        let names: Vec<_> = all.as_object().unwrap().keys().map(String::as_str).collect();
        let stored = members(&all, &names);
        self.messages.push(Message {
            stored: stored.clone(),
            fate: Fate::Due(schedule.unwrap_or(now).max(now)),
        });
        stored.into()
    }

    fn lease(&mut self, project: &str, recipient: &str, now: i64) -> &'static str {
        self.leases.retain(|lease| lease.ends > now);
        let mut of_recipient: Vec<_> = self
            .leases
            .iter()
            .filter(|lease| lease.recipient == recipient)
            .collect();
        if let Some(lease) = of_recipient.iter().find(|lease| lease.project == project) {
            return lease.number;
        }
        of_recipient.sort_by_key(|lease| lease.ends);
        let is_free = |number: &&&str| of_recipient.iter().all(|lease| lease.number != **number);
        let number = match LENT.iter().find(is_free) {
            Some(number) => *number,
            None => of_recipient[0].number,
        };
        self.leases
            .retain(|lease| lease.recipient != recipient || lease.number != number);
        self.leases.push(Lease {
            recipient: recipient.to_owned(),
            number,
            project: project.to_owned(),
            ends: now + 30 * DAY,
        });
        number
    }
}

/// What has to hold of a message beyond the form of its values.
fn check_values(body: &Value, now: i64) -> Result<(), Failure> {
    let mut invalid = Vec::new();
    let from = body["From"].as_str().unwrap_or("").trim();
    if !from.is_empty()
        && !from.starts_with('+')
        && !from.contains(|character: char| character.is_alphabetic())
    {
        invalid.push("From");
    }
    if let Some(time) = body["Schedule"].as_i64()
        && !(now - 3600 < time && time <= now + 14 * DAY)
    {
        invalid.push("Schedule");
    }
    all_valid(invalid)
}

/// How many segments a text of plain letters takes.
fn segments(text: &str) -> usize {
    match text.len() {
        ..=160 => 1,
        length => length.div_ceil(153),
    }
}
