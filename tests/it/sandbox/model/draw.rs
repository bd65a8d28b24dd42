//! Draws the next step of a sequence out of what the model knows. Foretells nothing.
//!
//! A step is drawn from a number of its own, so that a sequence from which steps are dropped still means much the same.

mod bodies;
mod queries;

use fastrand::Rng;
use fonedynamics_server::Operation;
use serde_json::Value;

use super::request::Request;
use super::response::Object;
use super::world::{ACCOUNTS, World, is, system_time};

/// What happens next.
pub(super) enum Step {
    /// So many seconds go by.
    Advance(u64),
    Request(Request),
}

/// Where values come from.
struct Draw<'w> {
    world: &'w World,
    rng: Rng,
    /// The account of the caller, whose rows are drawn more often than those of others.
    account: String,
}

/// The next step, with a request of one of these operations.
pub(super) fn step(world: &World, operations: &[&'static Operation], mut rng: Rng) -> Step {
    if rng.u8(..8) == 0 {
        let month = 30 * 86_400;
        let seconds = if rng.u8(..20) == 0 {
            [month - 1, month]
        } else {
            [[1, 2], [3, 5], [60, 3_600]][rng.usize(..3)]
        };
        return Step::Advance(rng.choice(seconds).unwrap());
    }
    let operation = *rng.choice(operations).unwrap();
    let (user, password, account) = caller(world, &mut rng);
    let mut draw = Draw { world, rng, account };
    Step::Request(Request {
        operation,
        user,
        password,
        path: draw.path(operation),
        query: draw.query(operation),
        body: draw.body(operation),
    })
}

/// User, password and account of whoever calls.
fn caller(world: &World, rng: &mut Rng) -> (String, String, String) {
    let of_account =
        |(account, token): (&str, &str)| (account.to_owned(), token.to_owned(), account.to_owned());
    match rng.u8(..20) {
        0 => {
            let (user, _, account) = of_account(ACCOUNTS[0]);
            (user, "wrong".to_owned(), account)
        }
        1..9 => {
            let login = rng.choice(&world.logins).unwrap();
            let email = login
                .shown
                .get("Email")
                .and_then(Value::as_str)
                .unwrap_or("nobody@example.com");
            let email = if rng.u8(..4) == 0 {
                email.to_uppercase()
            } else {
                email.to_owned()
            };
            let password = login.password.clone().unwrap_or_else(|| "null".to_owned());
            (email, password, login.account.clone())
        }
        9..11 => of_account(ACCOUNTS[1]),
        _ => of_account(ACCOUNTS[0]),
    }
}

impl Draw<'_> {
    /// Whether something happens that has one chance in so many.
    fn once_in(&mut self, chances: u8) -> bool {
        self.rng.u8(..chances) == 0
    }

    fn one_of<'v>(&mut self, values: &[&'v str]) -> &'v str {
        self.rng.choice(values).unwrap()
    }

    fn now(&self) -> i64 {
        self.world.now(system_time())
    }

    /// An identifier out of some, preferably of the first list, or one that nothing has.
    fn identifier(&mut self, own: Vec<&str>, all: Vec<&str>, missing: &str) -> String {
        let from = if self.once_in(6) { all } else { own };
        match self.rng.choice(&from) {
            Some(sid) if !self.once_in(12) => (*sid).to_owned(),
            _ => missing.to_owned(),
        }
    }

    fn account(&mut self) -> String {
        let all = ACCOUNTS.map(|(account, _)| account).to_vec();
        let account = self.account.clone();
        self.identifier(vec![&account], all, "AG000000000000000000000000000000")
    }

    fn project(&mut self) -> String {
        let (world, account) = (self.world, self.account.clone());
        let own = world
            .projects
            .iter()
            .filter(|project| is(project, "AccountSid", &account));
        let own = members(own, "PropertySid");
        let all = members(&world.projects, "PropertySid");
        self.identifier(own, all, "S0000000000000000000000000000000")
    }

    fn address(&mut self) -> String {
        let (world, account) = (self.world, self.account.clone());
        let own = world
            .addresses
            .iter()
            .filter(|address| is(address, "AccountSid", &account));
        let own = members(own, "AddressSid");
        let all = members(&world.addresses, "AddressSid");
        self.identifier(own, all, "00000000000000000000000000000000")
    }

    fn login(&mut self) -> String {
        let (world, account) = (self.world, self.account.clone());
        let own = world.logins.iter().filter(|login| login.account == account);
        let own = members(own.map(|login| &login.shown), "OnlineLoginSid");
        let all = members(world.logins.iter().map(|login| &login.shown), "OnlineLoginSid");
        self.identifier(own, all, "00000000-0000-4000-8000-000000000000")
    }

    /// A phone number that the caller's account holds, or another one.
    fn number(&mut self) -> String {
        let (world, account) = (self.world, self.account.clone());
        let is_own = |project: &str| {
            let mut all = world.projects.iter();
            all.any(|known| is(known, "PropertySid", project) && is(known, "AccountSid", &account))
        };
        let own = world
            .numbers
            .iter()
            .filter(|number| number.project().is_some_and(is_own));
        let own = members(own.map(|number| &number.shown), "Number");
        let all = members(world.numbers.iter().map(|number| &number.shown), "Number");
        self.identifier(own, all, "+61255509999")
    }

    /// A phone number that is on offer, or another one.
    fn number_on_offer(&mut self) -> String {
        let world = self.world;
        let offered = world.numbers.iter().filter(|number| number.project().is_none());
        let offered = members(offered.map(|number| &number.shown), "Number");
        let all = members(world.numbers.iter().map(|number| &number.shown), "Number");
        self.identifier(offered, all, "+61255509999")
    }

    fn call(&mut self) -> String {
        let all = members(&self.world.calls, "CallSid");
        self.identifier(all.clone(), all, "C0000000000000000000000000000000")
    }

    fn message(&mut self) -> String {
        let all = members(
            self.world.messages.iter().map(|message| &message.stored),
            "MessageSid",
        );
        self.identifier(all.clone(), all, "MG000000000000000000000000000000")
    }

    fn flow(&mut self) -> String {
        let all = members(&self.world.flows, "ConfigId");
        self.identifier(all.clone(), all, "F0000000000000000000000000000000")
    }

    /// The parameter of the path.
    fn path(&mut self, operation: &Operation) -> String {
        let name = operation.path.split(['{', '}']).nth(1);
        match name {
            None => String::new(),
            Some("AccountSid") => self.account(),
            Some("PropertySid") => self.project(),
            Some("AddressSid") => self.address(),
            Some("OnlineLoginSid") => self.login(),
            Some("Number") => self.number().replace('+', ""),
            Some("CallSid") => self.call(),
            Some("MessageSid") => self.message(),
            Some(other) => panic!("{other} is not in the model"),
        }
    }
}

/// A member of each of some objects.
fn members<'o>(objects: impl IntoIterator<Item = &'o Object>, name: &str) -> Vec<&'o str> {
    let member = |object: &'o Object| object[name].as_str().unwrap();
    objects.into_iter().map(member).collect()
}
