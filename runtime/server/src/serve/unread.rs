//! Where the body of a request ends among the bytes of a connection. Says nothing of whether it is right: the HTTP
//! library does, and where both differ, it gets bytes too early or fails.

/// What is left of a body, as it is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// So many bytes.
    Bytes(u64),
    /// The size of a chunk.
    Size { read: u64, amid_digits: bool },
    /// So many bytes of a chunk, with the end of its line.
    Chunk(u64),
    /// The trailers, and whether a line of them has anything in it.
    Trailers { amid_line: bool },
}

impl Unread {
    /// A body that has no length.
    pub(super) const CHUNKS: Self = Self::Size {
        read: 0,
        amid_digits: true,
    };

    /// Nothing.
    pub(super) const NOTHING: Self = Self::Bytes(0);

    /// Takes the next bytes, and gives how many of them belong to the body.
    pub(super) fn take(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let many = |left: u64| left.min((bytes.len() - at) as u64);
            match self {
                Self::Bytes(0) => break,
                Self::Bytes(left) => {
                    let taken = many(*left);
                    *left -= taken;
                    return at + taken as usize;
                }
                Self::Chunk(0) => *self = Self::CHUNKS,
                Self::Chunk(left) => {
                    let taken = many(*left);
                    *left -= taken;
                    at += taken as usize;
                }
                _ => {
                    *self = self.after(*byte);
                    at += 1;
                }
            }
        }
        at
    }

    /// What is left behind one byte of a line.
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Size { read: 0, .. }, b'\n') => Self::Trailers { amid_line: false },
            (Self::Size { read, .. }, b'\n') => Self::Chunk(read.saturating_add(2)),
            (Self::Size { read, amid_digits }, _) => match char::from(byte).to_digit(16) {
                Some(digit) if amid_digits => Self::Size {
                    read: read.saturating_mul(16).saturating_add(digit.into()),
                    amid_digits,
                },
                _ => Self::Size {
                    read,
                    amid_digits: false,
                },
            },
            (Self::Trailers { amid_line: false }, b'\n') => Self::NOTHING,
            (Self::Trailers { amid_line }, _) => Self::Trailers {
                amid_line: byte != b'\n' && (amid_line || byte != b'\r'),
            },
            (Self::Bytes(_) | Self::Chunk(_), _) => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Unread;

    #[test]
    fn body_ends_where_it_ends_however_it_is_cut() {
        for (begin, body) in [
            (Unread::Bytes(5), "abcde"),
            (Unread::NOTHING, ""),
            (Unread::CHUNKS, "0\r\n\r\n"),
            (
                Unread::CHUNKS,
                "5;a=b\r\n0\r\n\r\n\r\n0A\r\n0123456789\r\n000\r\nA: 1\r\n\r\n",
            ),
            (Unread::CHUNKS, "1\n\n\n\n0\n\n"),
        ] {
            let bytes = [body.as_bytes(), b"GET / HTTP/1.1\r\n\r\n"].concat();
            for cut in 0..bytes.len() {
                let mut unread = begin;
                let (first, second) = bytes.split_at(cut);
                let taken = unread.take(first) + unread.take(second);
                assert_eq!((taken, unread), (body.len(), Unread::NOTHING), "{body:?} {cut}");
            }
        }
    }
}
