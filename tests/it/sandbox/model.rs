//! Random sequences of requests and clock moves: the sandbox and a plain model in memory agree on every response.
//!
//! The model is written from the rules, and shares no code with the sandbox. `SEQUENCES=20000 cargo test --release -p
//! fonedynamics-tests --test it -- sandbox::model` tries more sequences than the ordinary run does. A failure is shown
//! with the fewest steps that it needs.

mod access;
mod addresses;
mod calls;
mod draw;
mod logins;
mod messages;
mod numbers;
mod projects;
mod request;
mod response;
mod world;

use std::env;
use std::time::Duration;

use fastrand::Rng;
use fonedynamics_client::reqwest;
use fonedynamics_sandbox::Sandbox;
use fonedynamics_server::{Operation, operations};

use crate::support::http::http_client;
use draw::Step;
use world::{Seeded, World, system_time};

/// How many sequences the ordinary run draws.
const SEQUENCES: u64 = 200;

/// How many steps a sequence has, and one in thirty. Each is drawn from a number of its own, and from what is known by
/// then.
const STEPS: [usize; 2] = [20, 150];

/// What operations have in common that lead further together.
const KINDS: [&str; 7] = ["Call", "Number", "Flow", "Address", "Project", "Login", "Message"];

/// What happens to one sandbox.
#[derive(Clone)]
struct Sequence {
    operations: Vec<&'static Operation>,
    /// The number that each step is drawn from.
    steps: Vec<u64>,
}

impl Sequence {
    /// Of few operations, or else it would come far in none.
    fn draw(mut rng: Rng) -> Self {
        let all = operations::ALL.iter().copied();
        let operations = if rng.bool() {
            let count = rng.usize(2..=12);
            rng.choose_multiple(all, count)
        } else {
            let count = rng.usize(1..=3);
            let kinds = rng.choose_multiple(KINDS, count);
            let is_of_kind = |operation: &&Operation| kinds.iter().any(|kind| operation.id.contains(kind));
            all.filter(is_of_kind).collect()
        };
        let count = STEPS[usize::from(rng.u8(..30) == 0)];
        let steps = (0..count).map(|_| rng.u64(..)).collect();
        Self { operations, steps }
    }
}

/// Runs the steps, and says what the first disagreement was.
async fn disagreement(http: &reqwest::Client, seeded: &Seeded, sequence: &Sequence) -> Option<String> {
    let sandbox = Sandbox::start().await.unwrap();
    let mut world = World::new(http, seeded, &sandbox).await;
    let mut history = String::new();
    'steps: for step in &sequence.steps {
        let request = match draw::step(&world, &sequence.operations, Rng::with_seed(*step)) {
            Step::Advance(seconds) => {
                sandbox.advance(Duration::from_secs(seconds));
                world.advance(seconds);
                history += &format!("  {seconds} seconds go by\n");
                continue;
            }
            Step::Request(request) => request,
        };
        history += &format!("  {request}\n");
        let earliest = system_time();
        let (response, body) = request.send(http, sandbox.base_url()).await;
        let latest = system_time();
        // The sandbox looked at its clock at some time in between.
        for time in earliest..latest {
            let mut candidate = world.clone();
            if candidate.respond(&request, time, &body) == response {
                world = candidate;
                continue 'steps;
            }
        }
        let foretold = world.respond(&request, latest, &body);
        if foretold != response {
            return Some(format!("{history}  model:   {foretold}\n  sandbox: {response}\n"));
        }
    }
    None
}

/// Drops steps as long as there is a disagreement without them.
async fn shortest(
    http: &reqwest::Client,
    seeded: &Seeded,
    mut sequence: Sequence,
    mut shown: String,
) -> String {
    // A step may be dropped only after a later one was: all are tried until none can be.
    let (mut at, mut kept) = (0, 0);
    while kept < sequence.steps.len() {
        at %= sequence.steps.len();
        let mut fewer = sequence.clone();
        fewer.steps.remove(at);
        match disagreement(http, seeded, &fewer).await {
            Some(disagreement) => {
                (sequence, shown) = (fewer, disagreement);
                kept = 0;
            }
            None => (at, kept) = (at + 1, kept + 1),
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sandbox_and_model_agree_on_every_response() {
    let number = |name: &str| env::var(name).ok().and_then(|number| number.parse().ok());
    let first = number("SEED").unwrap_or_else(|| fastrand::u64(..u64::MAX / 2));
    let http = http_client();
    let seeded = Seeded::read(&http).await;
    for seed in first..first + number("SEQUENCES").unwrap_or(SEQUENCES) {
        let sequence = Sequence::draw(Rng::with_seed(seed));
        if let Some(shown) = disagreement(&http, &seeded, &sequence).await {
            let shown = shortest(&http, &seeded, sequence, shown).await;
            panic!("they disagree; SEED={seed} SEQUENCES=1 shows it again\n{shown}");
        }
    }
}
