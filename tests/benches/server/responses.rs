//! What the handlers of all routers give back. Knows no request.

use fonedynamics_server::types::{
    Call, CallPage, Message, MessageDetails, NewAddress, NewMessage, Number, NumberPage, NumberStatus,
};

/// The number that nobody has.
pub(crate) const UNKNOWN: &str = "+61255500404";

pub(crate) fn number(number: impl Into<String>) -> Number {
    Number::default()
        .number(number)
        .property_sid("PR1")
        .status(NumberStatus::Active)
        .friendly("Front desk")
}

pub(crate) fn numbers() -> NumberPage {
    NumberPage::new((0..200).map(|index| number(format!("+612555{index:05}"))))
}

pub(crate) fn accepted(property_sid: String, message: NewMessage) -> MessageDetails {
    let mut accepted = Message::default()
        .message_sid("MG1")
        .account_sid("AC1")
        .property_sid(property_sid)
        .to(message.to)
        .text(message.text)
        .status("Processing");
    accepted.from = message.from;
    accepted.external_id = message.external_id;
    MessageDetails::new(accepted)
}

pub(crate) fn calls() -> CallPage {
    CallPage::new(["CA1", "CA2"].map(|sid| Call::default().call_sid(sid)))
}

/// Only so that there is something to return: no row gets here.
pub(crate) fn address(address: NewAddress) -> fonedynamics_server::types::Address {
    fonedynamics_server::types::Address::default()
        .address_sid("AD1")
        .line1(address.line1)
}
