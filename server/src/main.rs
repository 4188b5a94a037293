//! `servicehub`: the one program.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::commands::main()
}
