//! Nothing: the tests are in `it/`, the programs of the README in `examples/`.
