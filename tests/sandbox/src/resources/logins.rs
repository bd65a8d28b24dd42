//! Online logins. Passwords are stored as they are and never leave; what a login may do is read in `permissions`.

use fonedynamics_server::types::{
    CreatedOnlineLogin, ListOnlineLoginsQuery, NewOnlineLogin, OnlineLogin, OnlineLoginChanges,
    OnlineLoginDetails, OnlineLoginPage, Permission,
};
use fonedynamics_server::{Endpoint, Failure, HandlerResult, Lists, codes, operations};
use rusqlite::{OptionalExtension as _, Row, Transaction, named_params};

use crate::permissions::{Caller, Level, SCOPES, scopes};
use crate::resources::identifier;
use crate::resources::invalid::Invalid;
use crate::resources::page::Page;

pub(crate) fn list(
    state: &Transaction<'_>,
    caller: &Caller,
    query: &ListOnlineLoginsQuery,
) -> HandlerResult<OnlineLoginPage, operations::ListOnlineLogins> {
    let visible = visible(state, caller)?;
    let total = state.query_row(
        "SELECT json_array_length(:visible)",
        named_params! {":visible": visible},
        |row| row.get(0),
    )?;
    let page = Page::new(query.results_count, 50, query.results_skip);
    let mut statement = state.prepare(
        "SELECT * FROM logins WHERE sid IN (SELECT value FROM json_each(:visible))
         ORDER BY id LIMIT :count OFFSET :skip",
    )?;
    let found = statement.query_map(
        named_params! {":visible": visible, ":count": page.count, ":skip": page.skip},
        |row| login(state, row),
    )?;
    let mut logins = OnlineLoginPage::new(found.collect::<Result<Vec<_>, _>>()?).total_count(total);
    logins.next_page_token = page.next(total);
    Ok(logins)
}

/// The login is the only entry of `OnlineLogins`: that is the form of which the public page says that it is the response
/// to every request for details.
pub(crate) fn get(
    state: &Transaction<'_>,
    caller: &Caller,
    online_login_sid: &str,
) -> HandlerResult<OnlineLoginDetails, operations::GetOnlineLogin> {
    let found = find(state, caller, online_login_sid)?;
    let login = found.ok_or_else(missing)?;
    Ok(OnlineLoginDetails::default().online_logins([login]))
}

/// Every member can be cleared, and is absent when the login is read. Without `Email`, `Password` or `Enabled` nobody
/// signs in with it; without permissions, it may do nothing.
pub(crate) fn update(
    state: &Transaction<'_>,
    caller: &Caller,
    online_login_sid: &str,
    body: &OnlineLoginChanges,
) -> HandlerResult<(), operations::UpdateOnlineLogin> {
    let found = find(state, caller, online_login_sid)?;
    let old = found.ok_or_else(missing)?;
    let permissions = body.permissions.as_deref().unwrap_or_default();
    let mut invalid = Invalid::default();
    if let Some(email) = body.email.value() {
        check_email(state, online_login_sid, email, &mut invalid)?;
    }
    for (index, permission) in permissions.iter().enumerate() {
        check_scopes(
            &format!("Permissions[{index}].Scopes"),
            &permission.scopes,
            &mut invalid,
        );
    }
    invalid.finish()?;
    check_places(state, caller, permissions)?;
    let new = body.clone();
    state.execute(
        "UPDATE logins
         SET email = :email, password = iif(:keeps_password, password, :password), enabled = :enabled,
             first_name = :first_name, last_name = :last_name
         WHERE sid = :sid",
        named_params! {
            ":sid": online_login_sid,
            ":email": new.email.into_change().unwrap_or(old.email),
            ":keeps_password": new.password.is_absent(),
            ":password": new.password.value(),
            ":enabled": new.enabled.into_change().unwrap_or(old.enabled),
            ":first_name": new.first_name.into_change().unwrap_or(old.first_name),
            ":last_name": new.last_name.into_change().unwrap_or(old.last_name),
        },
    )?;
    if !body.permissions.is_absent() {
        state.execute(
            "DELETE FROM permissions WHERE login_sid = :sid",
            named_params! {":sid": online_login_sid},
        )?;
        for permission in permissions {
            permit(state, online_login_sid, permission)?;
        }
    }
    Ok(())
}

pub(crate) fn create(
    state: &Transaction<'_>,
    caller: &Caller,
    property_sid: &str,
    body: &NewOnlineLogin,
    now: i64,
) -> HandlerResult<CreatedOnlineLogin, operations::CreateOnlineLogin> {
    let sid = identifier::uuid();
    let mut invalid = Invalid::default();
    check_email(state, &sid, &body.email, &mut invalid)?;
    check_scopes("Scopes", &body.scopes, &mut invalid);
    invalid.finish()?;
    if !caller.sees_project(state, property_sid)? {
        return Err(Failure::at(codes::PropertyNotFound, "PropertySid"));
    }
    state.execute(
        "INSERT INTO logins (sid, account_sid, email, password, enabled, created, first_name, last_name)
         VALUES (:sid, :account, :email, :password, :enabled, :now, :first_name, :last_name)",
        named_params! {
            ":sid": sid,
            ":account": caller.account,
            ":email": body.email,
            ":password": body.password,
            ":enabled": body.enabled.unwrap_or(false),
            ":now": now,
            ":first_name": body.first_name,
            ":last_name": body.last_name,
        },
    )?;
    let permission = Permission::new(body.scopes.as_str()).property_sid(property_sid);
    permit(state, &sid, &permission)?;
    let stored = state.query_row(
        "SELECT * FROM logins WHERE sid = :sid",
        named_params! {":sid": sid},
        |row| login(state, row),
    )?;
    Ok(CreatedOnlineLogin::new(stored))
}

/// The identifiers of the logins that a caller sees, as a JSON array. Who manages the logins of a whole account sees all
/// of them. Who manages those of some projects sees the logins that have permissions in these projects and nowhere else:
/// with the password of one that reaches further, it would reach further itself.
fn visible(state: &Transaction<'_>, caller: &Caller) -> rusqlite::Result<String> {
    state.query_row(
        "SELECT json_group_array(sid) FROM logins
         WHERE account_sid = :account
           AND (:sees_all OR sid IN (
               SELECT login_sid FROM permissions GROUP BY login_sid
               HAVING min(coalesce(property_sid IN (SELECT value FROM json_each(:projects)), 0))
           ))",
        named_params! {
            ":account": caller.account,
            ":sees_all": caller.level == Level::Account,
            ":projects": caller.projects,
        },
        |row| row.get(0),
    )
}

/// The login with this identifier, if the caller sees it.
fn find(
    state: &Transaction<'_>,
    caller: &Caller,
    online_login_sid: &str,
) -> rusqlite::Result<Option<OnlineLogin>> {
    let found = state.query_row(
        "SELECT * FROM logins WHERE sid = :sid AND sid IN (SELECT value FROM json_each(:visible))",
        named_params! {":sid": online_login_sid, ":visible": visible(state, caller)?},
        |row| login(state, row),
    );
    found.optional()
}

/// What a caller reads of a login that it does not see.
fn missing<O>() -> Failure<O>
where
    O: Endpoint + Lists<codes::ParameterInvalid>,
{
    Failure::at(codes::ParameterInvalid, "OnlineLoginSid")
        .message("OnlineLoginSid must be the identifier of an online login.")
}

/// An e-mail address is that of one login, whoever's it is, because it is the user name. The case of A to Z makes no
/// difference.
fn check_email(
    state: &Transaction<'_>,
    online_login_sid: &str,
    email: &str,
    invalid: &mut Invalid,
) -> rusqlite::Result<()> {
    let is_taken: bool = state.query_row(
        "SELECT EXISTS (SELECT * FROM logins WHERE email = :email AND sid <> :sid)",
        named_params! {":email": email, ":sid": online_login_sid},
        |row| row.get(0),
    )?;
    if is_taken {
        invalid.add("Email", "an address that no other login has");
    }
    Ok(())
}

fn check_scopes(name: &str, text: &str, invalid: &mut Invalid) {
    if scopes(text).is_none() {
        let expected = format!("scopes separated by commas, of {}", SCOPES.join(", "));
        invalid.add(name, &expected);
    }
}

/// Nobody permits anything in a place where he could not manage logins himself. What he permits there is up to him, so
/// the scope `UserManagement` is worth as much as `Admin`.
fn check_places(
    state: &Transaction<'_>,
    caller: &Caller,
    permissions: &[Permission],
) -> HandlerResult<(), operations::UpdateOnlineLogin> {
    let mut unknown: Option<Failure<_>> = None;
    for (index, permission) in permissions.iter().enumerate() {
        let account = format!("Permissions[{index}].AccountSid");
        let project = format!("Permissions[{index}].PropertySid");
        let (name, failure) = match permission {
            Permission {
                account_sid: Some(sid),
                ..
            } if *sid != caller.account => (account.clone(), Failure::at(codes::AccountNotFound, account)),
            Permission {
                property_sid: Some(sid),
                ..
            } if !caller.sees_project(state, sid)? => {
                (project.clone(), Failure::at(codes::PropertyNotFound, project))
            }
            _ => continue,
        };
        unknown = Some(match unknown {
            None => failure,
            Some(first) if first.code() == failure.code() => first.field(name),
            Some(first) => first,
        });
    }
    if let Some(failure) = unknown {
        return Err(failure);
    }
    let is_of_account = |permission: &Permission| permission.account_sid.is_some();
    if caller.level < Level::Account && permissions.iter().any(is_of_account) {
        return Err(Failure::new(codes::Forbidden));
    }
    Ok(())
}

fn permit(state: &Transaction<'_>, online_login_sid: &str, permission: &Permission) -> rusqlite::Result<()> {
    state.execute(
        "INSERT INTO permissions (login_sid, account_sid, property_sid, scopes)
         VALUES (:login, :account, :property, :scopes)",
        named_params! {
            ":login": online_login_sid,
            ":account": permission.account_sid,
            ":property": permission.property_sid,
            ":scopes": scopes(&permission.scopes),
        },
    )?;
    Ok(())
}

fn login(state: &Transaction<'_>, row: &Row<'_>) -> rusqlite::Result<OnlineLogin> {
    let sid: String = row.get("sid")?;
    let mut statement = state.prepare(
        "SELECT account_sid, property_sid, scopes FROM permissions WHERE login_sid = :sid ORDER BY id",
    )?;
    let permissions = statement.query_map(named_params! {":sid": sid}, |row| {
        let mut permission = Permission::new(row.get::<_, String>("scopes")?);
        permission.account_sid = row.get("account_sid")?;
        permission.property_sid = row.get("property_sid")?;
        Ok(permission)
    })?;
    let permissions = permissions.collect::<Result<Vec<_>, _>>()?;
    let mut login = OnlineLogin::default();
    login.online_login_sid = Some(sid);
    login.email = row.get("email")?;
    login.enabled = row.get("enabled")?;
    login.created = row.get("created")?;
    login.first_name = row.get("first_name")?;
    login.last_name = row.get("last_name")?;
    login.permissions = Some(permissions).filter(|permissions| !permissions.is_empty());
    Ok(login)
}
