//! The browser's part may not be built yet, and the server must compile all the same.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
    if let Err(error) = std::fs::create_dir_all("../site") {
        println!("cargo::warning=the folder ../site cannot be made: {error}");
    }
}
