//! What to type to check a signed head without any program of ours.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::audit::Head;

/// What every Ed25519 key of that form begins with (RFC 8410).
const PEM_START: &str = "MCowBQYDK2VwAyEA";

/// A head's signature as text.
pub(super) fn signature(head: &Head) -> String {
    STANDARD.encode(head.signature)
}

/// Commands for a shell with openssl 3.
pub(super) fn commands(head: &Head) -> String {
    format!(
        "printf '{}' > head\n\
         echo '{}' | openssl base64 -d -A > signature\n\
         printf -- '-----BEGIN PUBLIC KEY-----\\n{PEM_START}{}\\n-----END PUBLIC KEY-----\\n' > key.pem\n\
         openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in head -sigfile signature\n",
        head.message().replace('\n', "\\n"),
        signature(head),
        head.key,
    )
}

/// The same for all heads of the file at once, in Python with the package `cryptography`.
pub(super) const PYTHON: &str = r#"import base64, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

text = "ServiceHub audit head 1\n{day}\n{seq}\n{hash}\n{signed_at}\n"
for head in json.load(open("heads.json"))["heads"]:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(head["public_key"]))
    key.verify(base64.b64decode(head["signature"]), text.format(**head).encode())
    print(head["day"], "is signed")
"#;
