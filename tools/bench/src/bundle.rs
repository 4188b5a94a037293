//! What a browser loads to bring islands to life (P13), as sent: brotli.

use std::path::Path;

use crate::Outcome;
use crate::figures::Figures;

const MOST: u64 = 80 << 10;

/// Weighs the built bundle.
///
/// # Errors
/// It was not built.
pub fn weigh(figures: &mut Figures) -> Outcome<()> {
    let manifest = std::fs::read_to_string("site/manifest.json")?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest)?;
    let weight = |role: &str| -> Outcome<u64> {
        let path = manifest[role].as_str().ok_or("the manifest lacks a part")?;
        let file = Path::new("site").join(format!("{}.br", path.trim_start_matches('/')));
        Ok(std::fs::metadata(file)?.len())
    };
    let (wasm, scripts) = (weight("wasm")?, weight("js")? + weight("boot")?);
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let kibibytes = |bytes: u64| bytes as f64 / 1024.0;
    let (wasm_k, scripts_k, total_k) = (kibibytes(wasm), kibibytes(scripts), kibibytes(wasm + scripts));
    let measured = format!("{total_k:.1} KiB ({wasm_k:.1} wasm, {scripts_k:.1} scripts)");
    figures.goal(
        "P13",
        "First load of a public page with islands, brotli",
        measured,
        "≤ 80 KiB",
        wasm + scripts <= MOST,
    );
    Ok(())
}
