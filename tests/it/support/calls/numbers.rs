//! Calls of the operations on calls, numbers and flows.

use fonedynamics_client::Client;
use fonedynamics_client::types::{
    Capability, Disposition, ListAccountCallsQuery, ListAccountNumbersQuery, ListFlowsQuery,
    ListPropertyCallsQuery, ListPropertyNumbersQuery, NumberType,
};
use fonedynamics_server::operations;
use serde_json::json;

use super::{Call, JSON};
use crate::support::examples;

/// One call of each operation.
pub(super) fn all() -> Vec<Call> {
    [calls(), numbers(), flows()].into_iter().flatten().collect()
}

fn calls() -> Vec<Call> {
    vec![
        Call::of(&operations::GET_CALL, "/v2/Calls/CA1", async |client: Client| {
            client.get_call("CA1").await
        })
        .with(json!("CA1"))
        .responds("Call"),
        Call::of(
            &operations::LIST_PROPERTY_CALLS,
            "/v2/Properties/PR1/Calls?Date_From=1772000000&Date_To=1772086400&Token=a%2Bb%3D%3D\
             &Disposition=Answered%2CIVR%2CNoAnswer&To=%2B61255501234%2C%2B61270101234\
             &Endpoint=%2B61491570156&Attribution_Source=catalogue&Attribution_Medium=print%2Cradio\
             &Attribution_Campaign=spring+sale&Attribution_Content=back+cover%2C50%25+off\
             &Prompts_keys=1%2C2%3B3%2C5&Unique=All&Results_Count=50&Results_Skip=100",
            async |client: Client| {
                let query = ListPropertyCallsQuery::default()
                    .date_from(1_772_000_000)
                    .date_to(1_772_086_400)
                    .token("a+b==")
                    .disposition([Disposition::Answered, Disposition::Ivr, Disposition::NoAnswer])
                    .to(["+61255501234", "+61270101234"])
                    .endpoint(["+61491570156"])
                    .attribution_source(["catalogue"])
                    .attribution_medium(["print", "radio"])
                    .attribution_campaign(["spring sale"])
                    .attribution_content(["back cover", "50% off"])
                    .prompts_keys("1,2;3,5")
                    .unique("All")
                    .results_count(50)
                    .results_skip(100);
                client.list_property_calls("PR1", &query).await
            },
        )
        .with(json!("PR1"))
        .with(json!({
            "Date_From": 1_772_000_000, "Date_To": 1_772_086_400, "Token": "a+b==",
            "Disposition": "Answered,IVR,NoAnswer", "To": "+61255501234,+61270101234",
            "Endpoint": "+61491570156", "Attribution_Source": "catalogue",
            "Attribution_Medium": "print,radio", "Attribution_Campaign": "spring sale",
            "Attribution_Content": "back cover,50% off", "Prompts_keys": "1,2;3,5", "Unique": "All",
            "Results_Count": 50, "Results_Skip": 100,
        }))
        .responds("CallPage"),
        Call::of(
            &operations::LIST_ACCOUNT_CALLS,
            "/v2/Accounts/AC1/Calls?Disposition=Busy&Results_Skip=0",
            async |client: Client| {
                let query = ListAccountCallsQuery::default()
                    .disposition(["Busy"])
                    .results_skip(0);
                client.list_account_calls("AC1", &query).await
            },
        )
        .with(json!("AC1"))
        .with(json!({ "Disposition": "Busy", "Results_Skip": 0 }))
        .responds("CallPage"),
    ]
}

fn numbers() -> Vec<Call> {
    vec![
        Call::of(&operations::GET_NUMBER, "/v2/Numbers/61255501234", async |client: Client| {
            client.get_number("+61255501234").await
        })
        .with(json!("+61255501234"))
        .responds("Number"),
        Call::of(&operations::CONFIGURE_NUMBER, "/v2/Numbers/61255501234", async |client: Client| {
            let body = examples::typed_request("NumberConfiguration", "endpoint");
            client.configure_number("61255501234", &body).await
        })
        .with(json!("+61255501234"))
        .body(JSON, "NumberConfiguration", "endpoint")
        .responds("Number"),
        Call::of(
            &operations::LIST_PROPERTY_NUMBERS,
            "/v2/Properties/PR1/Numbers?Type=Local%2CToll-Free&Capabilites=Voice%2CSMS%2CMMS&Results_Count=200",
            async |client: Client| {
                let query = ListPropertyNumbersQuery::default()
                    .type_([NumberType::Local, NumberType::TollFree])
                    .capabilites(Capability::ALL.iter().cloned())
                    .results_count(200);
                client.list_property_numbers("PR1", &query).await
            },
        )
        .with(json!("PR1"))
        .with(json!({ "Type": "Local,Toll-Free", "Capabilites": "Voice,SMS,MMS", "Results_Count": 200, "Results_Skip": 0 }))
        .responds("NumberPage"),
        Call::of(&operations::PURCHASE_NUMBER, "/v2/Properties/PR1/Numbers", async |client: Client| {
            let body = examples::typed_request("NumberPurchase", "numberWithAddress");
            client.purchase_number("PR1", &body).await
        })
        .with(json!("PR1"))
        .body(JSON, "NumberPurchase", "numberWithAddress")
        .responds("PurchasedNumber"),
        Call::of(&operations::LIST_ACCOUNT_NUMBERS, "/v2/Accounts/AC1/Numbers", async |client: Client| {
            client.list_account_numbers("AC1", &ListAccountNumbersQuery::default()).await
        })
        .with(json!("AC1"))
        .with(json!({ "Results_Count": 200, "Results_Skip": 0 }))
        .responds("NumberPage"),
    ]
}

fn flows() -> Vec<Call> {
    vec![
        Call::of(
            &operations::LIST_FLOWS,
            "/v2/Properties/PR1/Flows?Results_Count=1",
            async |client: Client| {
                let query = ListFlowsQuery::default().results_count(1);
                client.list_flows("PR1", &query).await
            },
        )
        .with(json!("PR1"))
        .with(json!({ "Results_Count": 1, "Results_Skip": 0 }))
        .responds("FlowPage"),
    ]
}
