//! `servicehub`: the one program.

use std::process::ExitCode;

// A page is thousands of small pieces for a moment; the system's allocator took a third of the time they cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::commands::main()
}
