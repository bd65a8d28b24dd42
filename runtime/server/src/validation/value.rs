//! The values of a body in little memory, however many they are: 8 or 16 bytes each, and the text of its strings.
//! Gives no opinion on what they should be.

mod deserializer;

use std::iter;
use std::ops::Range;

/// How many nodes are allocated at once: what was allocated is never copied, so there is never twice as much.
const BLOCK: usize = 1024;

/// How many nodes and bytes of text there is room for at first.
const FIRST_NODES: usize = 64;
const FIRST_TEXT: usize = 1024;

/// All values of one body, each followed by what it consists of.
#[derive(Debug, Default)]
pub(crate) struct Values {
    blocks: Vec<Vec<Node>>,
    count: usize,
    /// The text of all strings and names, one behind the other.
    text: String,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    Null,
    Boolean(bool),
    Small(i32),
    /// The upper half of a number, whose lower half is the next node; so for the next two.
    Integer(u32),
    Unsigned(u32),
    Float(u32),
    /// Where the text of a string begins. The next node says where it ends.
    String(u32),
    /// Which node is the first behind the items; so for the members of an object, each of them its name and its
    /// value.
    Array(u32),
    Object(u32),
    Rest(u32),
}

impl Node {
    /// The first node behind the value that begins with this one, which is at `at`.
    fn end(self, at: usize) -> usize {
        match self {
            Self::Array(end) | Self::Object(end) => end as usize,
            Self::Integer(_) | Self::Unsigned(_) | Self::Float(_) | Self::String(_) => at + 2,
            Self::Null | Self::Boolean(_) | Self::Small(_) | Self::Rest(_) => at + 1,
        }
    }
}

/// A place in 32 bits, which are enough for every body that is parsed.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Values {
    /// No values yet, with room for those of a small body.
    pub(crate) fn with_room_for(body: &str) -> Self {
        Self {
            text: String::with_capacity(body.len().min(FIRST_TEXT)),
            ..Self::default()
        }
    }

    /// An object without members: what a request without a body says.
    pub(crate) fn of_empty_object() -> Self {
        let mut values = Self::default();
        let begin = values.begin();
        values.end_object(begin);
        values
    }

    /// The value of the body as a whole.
    pub(crate) fn root(&self) -> Value<'_> {
        Value { values: self, at: 0 }
    }

    pub(crate) fn push_null(&mut self) {
        self.push(Node::Null);
    }

    pub(crate) fn push_boolean(&mut self, value: bool) {
        self.push(Node::Boolean(value));
    }

    pub(crate) fn push_integer(&mut self, value: i64) {
        match i32::try_from(value) {
            Ok(small) => self.push(Node::Small(small)),
            Err(_) => self.push_wide(Node::Integer, value.cast_unsigned()),
        }
    }

    pub(crate) fn push_unsigned(&mut self, value: u64) {
        match i64::try_from(value) {
            Ok(integer) => self.push_integer(integer),
            Err(_) => self.push_wide(Node::Unsigned, value),
        }
    }

    pub(crate) fn push_float(&mut self, value: f64) {
        self.push_wide(Node::Float, value.to_bits());
    }

    pub(crate) fn push_string(&mut self, value: &str) {
        self.push(Node::String(narrow(self.text.len())));
        self.text.push_str(value);
        self.push(Node::Rest(narrow(self.text.len())));
    }

    /// Begins an array or an object, which [`end`](Self::end) ends.
    pub(crate) fn begin(&mut self) -> usize {
        self.push_null();
        self.count - 1
    }

    pub(crate) fn end_array(&mut self, begin: usize) {
        self.end(begin, Node::Array);
    }

    pub(crate) fn end_object(&mut self, begin: usize) {
        self.end(begin, Node::Object);
    }

    fn end(&mut self, begin: usize, kind: fn(u32) -> Node) {
        let end = narrow(self.count);
        let block = self.blocks.get_mut(begin / BLOCK);
        if let Some(node) = block.and_then(|block| block.get_mut(begin % BLOCK)) {
            *node = kind(end);
        }
    }

    fn push(&mut self, node: Node) {
        if self.count.is_multiple_of(BLOCK) {
            // A small body needs no whole block.
            let capacity = if self.count == 0 { FIRST_NODES } else { BLOCK };
            self.blocks.push(Vec::with_capacity(capacity));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(node);
            self.count += 1;
        }
    }

    fn push_wide(&mut self, kind: fn(u32) -> Node, bits: u64) {
        self.push(kind((bits >> 32) as u32));
        self.push(Node::Rest(bits as u32));
    }

    fn node(&self, at: usize) -> Node {
        let block = self.blocks.get(at / BLOCK);
        let node = block.and_then(|block| block.get(at % BLOCK));
        node.copied().unwrap_or(Node::Null)
    }

    /// The nodes from this one to the end of its block.
    fn nodes_from(&self, at: usize) -> &[Node] {
        let block = self.blocks.get(at / BLOCK);
        block
            .and_then(|block| block.get(at % BLOCK..))
            .unwrap_or_default()
    }

    /// Where the text of a string is.
    fn range(&self, at: usize) -> Range<usize> {
        match self.node(at) {
            Node::String(begin) => begin as usize..self.rest(at) as usize,
            _ => 0..0,
        }
    }

    fn rest(&self, at: usize) -> u32 {
        match self.node(at + 1) {
            Node::Rest(rest) => rest,
            _ => 0,
        }
    }

    fn bits(&self, upper: u32, at: usize) -> u64 {
        u64::from(upper) << 32 | u64::from(self.rest(at))
    }
}

/// One value of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'a> {
    values: &'a Values,
    at: usize,
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    /// The last value that it has there.
    pub(crate) value: Value<'a>,
    /// Whether it occurs there more than once.
    pub(crate) is_repeated: bool,
}

impl<'a> Value<'a> {
    fn node(self) -> Node {
        self.values.node(self.at)
    }

    pub(crate) fn is_null(self) -> bool {
        matches!(self.node(), Node::Null)
    }

    pub(crate) fn as_boolean(self) -> Option<bool> {
        match self.node() {
            Node::Boolean(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_integer(self) -> Option<i64> {
        match self.node() {
            Node::Small(value) => Some(value.into()),
            Node::Integer(upper) => Some(self.values.bits(upper, self.at).cast_signed()),
            _ => None,
        }
    }

    pub(crate) fn as_number(self) -> Option<f64> {
        match self.node() {
            Node::Unsigned(upper) => Some(self.values.bits(upper, self.at) as f64),
            Node::Float(upper) => Some(f64::from_bits(self.values.bits(upper, self.at))),
            _ => self.as_integer().map(|integer| integer as f64),
        }
    }

    pub(crate) fn as_string(self) -> Option<&'a str> {
        match self.node() {
            Node::String(begin) => self
                .values
                .text
                .get(begin as usize..self.values.rest(self.at) as usize),
            _ => None,
        }
    }

    /// Itself, if it is an array.
    pub(crate) fn as_array(self) -> Option<Self> {
        matches!(self.node(), Node::Array(_)).then_some(self)
    }

    /// Itself, if it is an object.
    pub(crate) fn as_object(self) -> Option<Self> {
        matches!(self.node(), Node::Object(_)).then_some(self)
    }

    /// The items of an array; of an object, its names and values in turn; of anything else, nothing.
    pub(crate) fn items(self) -> impl Iterator<Item = Self> {
        let end = match self.node() {
            Node::Array(end) | Node::Object(end) => end as usize,
            _ => 0,
        };
        let at = move |at: usize| (at < end).then_some(Self { at, ..self });
        iter::successors(at(self.at + 1), move |item| at(item.end()))
    }

    /// The members of an object, with their names.
    fn members(self) -> impl Iterator<Item = (Self, Self)> {
        let end = match self.node() {
            Node::Object(end) => end as usize,
            _ => 0,
        };
        let mut at = self.at + 1;
        iter::from_fn(move || {
            // A name is a string, of two nodes.
            let (name, value) = (Self { at, ..self }, Self { at: at + 2, ..self });
            (at < end).then(|| {
                at = value.end();
                (name, value)
            })
        })
    }

    /// The members of an object in the order of their names, each once.
    pub(crate) fn each_member(self, mut visit: impl FnMut(&'a str, Member<'a>)) {
        let of = |at: u32| Self {
            at: at as usize,
            ..self
        };
        let name = |at: u32| of(at).as_string().unwrap_or_default();
        let mut names: Vec<u32> = self.members().map(|(name, _)| narrow(name.at)).collect();
        names.sort_unstable_by_key(|at| (name(*at), *at));
        for same in names.chunk_by(|one, other| name(*one) == name(*other)) {
            if let Some(last) = same.last() {
                let value = of(narrow(of(*last).end()));
                let is_repeated = same.len() > 1;
                visit(name(*last), Member { value, is_repeated });
            }
        }
    }

    /// The last member of this name.
    pub(crate) fn member(self, name: &str) -> Option<Member<'a>> {
        let Node::Object(end) = self.node() else {
            return None;
        };
        let (mut at, mut nodes, mut found) = (self.at + 1, [].as_slice(), None);
        // Each documented name is looked for among all members, which is most of what the check of a body costs: of
        // most names, nothing but the length is compared.
        while at < end as usize {
            if nodes.len() < 3 {
                nodes = self.values.nodes_from(at);
            }
            let (range, behind) = match nodes {
                [Node::String(begin), Node::Rest(stop), value, ..] => {
                    (*begin as usize..*stop as usize, value.end(at + 2))
                }
                // The block ends in between.
                _ => (self.values.range(at), self.values.node(at + 2).end(at + 2)),
            };
            if range.len() == name.len() && self.values.text.as_bytes().get(range) == Some(name.as_bytes()) {
                found = Some(Member {
                    value: Self { at: at + 2, ..self },
                    is_repeated: found.is_some(),
                });
            }
            nodes = nodes.get(behind - at..).unwrap_or_default();
            at = behind;
        }
        found
    }

    /// The first node behind it.
    fn end(self) -> usize {
        self.node().end(self.at)
    }

    /// The value as a string, with the members of objects in alphabetical order. It grows with the value only, however
    /// deep that is: nothing is escaped twice.
    pub(crate) fn sorted(self) -> String {
        match self.node() {
            Node::Array(_) => {
                let items: Vec<String> = self.items().map(Self::sorted).collect();
                format!("[{}]", items.join(","))
            }
            Node::Object(_) => {
                let mut members = Vec::new();
                self.each_member(|name, member| members.push(format!("{name:?}:{}", member.value.sorted())));
                format!("{{{}}}", members.join(","))
            }
            Node::String(_) => format!("{:?}", self.as_string()),
            Node::Unsigned(upper) => self.values.bits(upper, self.at).to_string(),
            Node::Float(_) => format!("{:?}", self.as_number()),
            Node::Boolean(value) => value.to_string(),
            Node::Null | Node::Rest(_) => "null".to_owned(),
            Node::Small(_) | Node::Integer(_) => format!("{:?}", self.as_integer()),
        }
    }
}
