//! Text messages. What a request gives for webhooks and for forwarding replies is accepted and without effect: no reply
//! ever comes in.

mod leases;
mod reading;
mod record;
mod segments;
mod sending;
mod settling;

pub(crate) use reading::{find, get};
pub(crate) use sending::{send, send_batch};
pub(crate) use settling::settle;
