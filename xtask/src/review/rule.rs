//! The rules of a review, by their names. What each is about is said in `rules.md`, which `explain` prints.
//!
//! A rule says nothing of verdicts: those depend on what a change reaches.

pub(super) mod explanation;

/// How grave the findings of a rule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// It depends on what the change does to whom.
    ByVerdict,
    /// A person has to judge each of them.
    Review,
    /// The document must not stay like this.
    Error,
}

/// A rule of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewRule {
    /// A code is gone, without a tombstone.
    CodeRemoved,
    /// A code moved to the retired ones.
    CodeRetired,
    /// A code has another name.
    CodeRenamed,
    /// A code is new.
    CodeAdded,
    /// A name is reserved that no code had.
    CodeReserved,
    /// A code has another status.
    CodeStatusChanged,
    /// A code means something else.
    CodeMeaningChanged,
    /// Callers read another message.
    CodeMessageChanged,
    /// A code is documented elsewhere.
    CodeOriginChanged,
    /// A retired code is in use again.
    RetiredCodeReused,
    /// A retired code is no longer reserved.
    TombstoneRemoved,
    /// A handler can raise a code that it could not raise before.
    OperationCodesWidened,
    /// A handler can no longer raise a code.
    OperationCodesNarrowed,
    /// The error code is any string.
    CodeSetOpened,
    /// The error code was any string.
    CodeSetClosed,
    /// A fault or a violation has another code.
    FaultCodeChanged,
    /// An invalid value has another code.
    InvalidCodeChanged,
    /// A member of the envelope is gone.
    EnvelopeMemberRemoved,
    /// A member of the envelope has another name.
    EnvelopeMemberRenamed,
    /// A member of the envelope has another type.
    EnvelopeMemberRetyped,
    /// A member of the envelope can be absent or null.
    EnvelopeMemberOptional,
    /// A member of the envelope is always there.
    EnvelopeMemberRequired,
    /// A member of the envelope is new.
    EnvelopeMemberAdded,
    /// The envelope refuses further members.
    EnvelopeClosed,
    /// Errors have another media type.
    ErrorMediaTypeChanged,
    /// A failing response has no body any more.
    ErrorBodyRemoved,
    /// An operation has a failing response of its own.
    ErrorResponseInlined,
    /// An operation no longer documents a failing status.
    ErrorStatusRemoved,
    /// An operation documents another failing status.
    ErrorStatusAdded,
    /// A status appears that no failure had.
    ErrorStatusNew,
    /// An operation has a response for any status.
    DefaultResponseAdded,
    /// An operation asks for credentials.
    SecurityAdded,
    /// An operation asks for no credentials any more.
    SecurityRemoved,
    /// Other credentials are taken.
    SecurityChanged,
    /// A 401 has no challenge any more.
    ChallengeRemoved,
    /// An error says, or says no more, how long to wait.
    WaitChanged,
    /// An operation is gone.
    OperationRemoved,
    /// An operation is new.
    OperationAdded,
    /// An operation has another name.
    OperationRenamed,
    /// An operation has another path or method.
    OperationMoved,
    /// Something has another name in Rust.
    RustNameChanged,
    /// A schema has another name.
    TypeRenamed,
    /// Arguments in Rust have another order.
    ArgumentsReordered,
    /// A parameter is new.
    ParameterAdded,
    /// A parameter is gone.
    ParameterRemoved,
    /// A parameter has another name.
    ParameterRenamed,
    /// A parameter is sent elsewhere.
    ParameterMoved,
    /// A parameter has to be there.
    ParameterRequired,
    /// A parameter can be absent.
    ParameterOptional,
    /// An absent parameter means something else.
    DefaultChanged,
    /// An identifier has another form in a path.
    PathFormChanged,
    /// Requests have a body.
    BodyAdded,
    /// Requests have no body any more.
    BodyRemoved,
    /// Requests have to have their body.
    BodyRequired,
    /// Requests can do without their body.
    BodyOptional,
    /// Requests have another media type.
    BodyMediaTypeChanged,
    /// A member is new.
    MemberAdded,
    /// A member is gone.
    MemberRemoved,
    /// A member has another name.
    MemberRenamed,
    /// A member has to be there.
    MemberRequired,
    /// A member can be absent.
    MemberOptional,
    /// A value can be null.
    NullAllowed,
    /// A value can no longer be null.
    NullRefused,
    /// A value has another type.
    TypeChanged,
    /// A value is shown, or no longer shown, by `Debug`.
    SecretChanged,
    /// Fewer values are right.
    ConstraintTightened,
    /// More values are right.
    ConstraintLoosened,
    /// An enum has one more value.
    ValueAdded,
    /// An enum has lost a value.
    ValueRemoved,
    /// A value of an enum is spelt in another way.
    ValueRenamed,
    /// Other members exclude or demand one another.
    AlternativesChanged,
    /// Further members are kept, or no longer kept.
    ExtraMembersChanged,
    /// A success has another status.
    SuccessStatusChanged,
    /// A success has a body, or none any more.
    SuccessBodyChanged,
    /// A success has other headers.
    ResponseHeaderChanged,
    /// A list is paged in another way.
    PagesChanged,
    /// Something is, or is no longer, deprecated.
    DeprecationChanged,
    /// The API is at another address.
    ServerChanged,
    /// The generated crates have other names.
    CratesRenamed,
    /// Words changed.
    ProseChanged,
    /// An example changed.
    ExampleChanged,
    /// Something stands in another order.
    OrderChanged,
    /// The same is said in another place.
    ReferenceChanged,
    /// A change that no other rule claims.
    ChangeNotUnderstood,
    /// Nothing can be generated from the head document.
    HeadHasProblems,
    /// The document's version does not say what the change does.
    VersionDisagrees,
    /// An acceptance matches no finding.
    AcceptanceUnmatched,
    /// An acceptance has run out.
    AcceptanceExpired,
    /// The list of acceptances cannot be read.
    AcceptanceUnreadable,
}

impl ReviewRule {
    /// Every rule with its name, in the order of reports.
    #[rustfmt::skip]
    pub const ALL: &[(Self, &str)] = &[
        (Self::CodeRemoved, "code-removed"),
        (Self::CodeRetired, "code-retired"),
        (Self::CodeRenamed, "code-renamed"),
        (Self::CodeAdded, "code-added"),
        (Self::CodeReserved, "code-reserved"),
        (Self::CodeStatusChanged, "code-status-changed"),
        (Self::CodeMeaningChanged, "code-meaning-changed"),
        (Self::CodeMessageChanged, "code-message-changed"),
        (Self::CodeOriginChanged, "code-origin-changed"),
        (Self::RetiredCodeReused, "retired-code-reused"),
        (Self::TombstoneRemoved, "tombstone-removed"),
        (Self::OperationCodesWidened, "operation-codes-widened"),
        (Self::OperationCodesNarrowed, "operation-codes-narrowed"),
        (Self::CodeSetOpened, "code-set-opened"),
        (Self::CodeSetClosed, "code-set-closed"),
        (Self::FaultCodeChanged, "fault-code-changed"),
        (Self::InvalidCodeChanged, "invalid-code-changed"),
        (Self::EnvelopeMemberRemoved, "envelope-member-removed"),
        (Self::EnvelopeMemberRenamed, "envelope-member-renamed"),
        (Self::EnvelopeMemberRetyped, "envelope-member-retyped"),
        (Self::EnvelopeMemberOptional, "envelope-member-optional"),
        (Self::EnvelopeMemberRequired, "envelope-member-required"),
        (Self::EnvelopeMemberAdded, "envelope-member-added"),
        (Self::EnvelopeClosed, "envelope-closed"),
        (Self::ErrorMediaTypeChanged, "error-media-type-changed"),
        (Self::ErrorBodyRemoved, "error-body-removed"),
        (Self::ErrorResponseInlined, "error-response-inlined"),
        (Self::ErrorStatusRemoved, "error-status-removed"),
        (Self::ErrorStatusAdded, "error-status-added"),
        (Self::ErrorStatusNew, "error-status-new"),
        (Self::DefaultResponseAdded, "default-response-added"),
        (Self::SecurityAdded, "security-added"),
        (Self::SecurityRemoved, "security-removed"),
        (Self::SecurityChanged, "security-changed"),
        (Self::ChallengeRemoved, "challenge-removed"),
        (Self::WaitChanged, "wait-changed"),
        (Self::OperationRemoved, "operation-removed"),
        (Self::OperationAdded, "operation-added"),
        (Self::OperationRenamed, "operation-renamed"),
        (Self::OperationMoved, "operation-moved"),
        (Self::RustNameChanged, "rust-name-changed"),
        (Self::TypeRenamed, "type-renamed"),
        (Self::ArgumentsReordered, "arguments-reordered"),
        (Self::ParameterAdded, "parameter-added"),
        (Self::ParameterRemoved, "parameter-removed"),
        (Self::ParameterRenamed, "parameter-renamed"),
        (Self::ParameterMoved, "parameter-moved"),
        (Self::ParameterRequired, "parameter-required"),
        (Self::ParameterOptional, "parameter-optional"),
        (Self::DefaultChanged, "default-changed"),
        (Self::PathFormChanged, "path-form-changed"),
        (Self::BodyAdded, "body-added"),
        (Self::BodyRemoved, "body-removed"),
        (Self::BodyRequired, "body-required"),
        (Self::BodyOptional, "body-optional"),
        (Self::BodyMediaTypeChanged, "body-media-type-changed"),
        (Self::MemberAdded, "member-added"),
        (Self::MemberRemoved, "member-removed"),
        (Self::MemberRenamed, "member-renamed"),
        (Self::MemberRequired, "member-required"),
        (Self::MemberOptional, "member-optional"),
        (Self::NullAllowed, "null-allowed"),
        (Self::NullRefused, "null-refused"),
        (Self::TypeChanged, "type-changed"),
        (Self::SecretChanged, "secret-changed"),
        (Self::ConstraintTightened, "constraint-tightened"),
        (Self::ConstraintLoosened, "constraint-loosened"),
        (Self::ValueAdded, "value-added"),
        (Self::ValueRemoved, "value-removed"),
        (Self::ValueRenamed, "value-renamed"),
        (Self::AlternativesChanged, "alternatives-changed"),
        (Self::ExtraMembersChanged, "extra-members-changed"),
        (Self::SuccessStatusChanged, "success-status-changed"),
        (Self::SuccessBodyChanged, "success-body-changed"),
        (Self::ResponseHeaderChanged, "response-header-changed"),
        (Self::PagesChanged, "pages-changed"),
        (Self::DeprecationChanged, "deprecation-changed"),
        (Self::ServerChanged, "server-changed"),
        (Self::CratesRenamed, "crates-renamed"),
        (Self::ProseChanged, "prose-changed"),
        (Self::ExampleChanged, "example-changed"),
        (Self::OrderChanged, "order-changed"),
        (Self::ReferenceChanged, "reference-changed"),
        (Self::ChangeNotUnderstood, "change-not-understood"),
        (Self::HeadHasProblems, "head-has-problems"),
        (Self::VersionDisagrees, "version-disagrees"),
        (Self::AcceptanceUnmatched, "acceptance-unmatched"),
        (Self::AcceptanceExpired, "acceptance-expired"),
        (Self::AcceptanceUnreadable, "acceptance-unreadable"),
    ];

    /// The rule's name in reports.
    #[must_use]
    pub fn id(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(rule, _)| *rule == self).map_or("", |(_, id)| id)
    }

    /// How grave its findings are.
    #[must_use]
    pub const fn gravity(self) -> Gravity {
        match self {
            Self::CodeMeaningChanged
            | Self::CodeSetOpened
            | Self::SecurityRemoved
            | Self::ChallengeRemoved
            | Self::ChangeNotUnderstood => Gravity::Review,
            Self::HeadHasProblems
            | Self::VersionDisagrees
            | Self::AcceptanceUnmatched
            | Self::AcceptanceExpired
            | Self::AcceptanceUnreadable => Gravity::Error,
            _ => Gravity::ByVerdict,
        }
    }
}
