//! Being asked to end: the first signal ends cleanly, the second at once.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Turns true when the process is asked to end (SIGTERM, or Ctrl-C). Listening starts here, so a
/// signal during start-up is not lost.
///
/// # Errors
/// When the system lets nobody listen to signals.
pub fn asked() -> std::io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (tell, asked) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("asked to end; finishing what is running");
        let _ = tell.send(true);
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::warn!("asked again; ending at once");
        std::process::exit(130);
    });
    Ok(asked)
}

/// Runs something that may be given up when the process is asked to end; `None` if it was.
pub async fn unless_asked<T>(asked: &watch::Receiver<bool>, work: impl Future<Output = T>) -> Option<T> {
    let mut asked = asked.clone();
    let told = async {
        let _ = asked.wait_for(|asked| *asked).await;
    };
    tokio::select! {
        done = work => Some(done),
        () = told => None,
    }
}
