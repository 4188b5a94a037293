//! Letting the queue catch up with the world's clock.

use super::{World, store};
use crate::jobs;

impl World {
    /// Runs every job that is due by now, those that these enqueue too, and hands on all events. Returns how
    /// many jobs ran. What a lost job would have left to the sweep stays lost: see [`jobs::sweep`] for that.
    ///
    /// # Panics
    /// When a job fails.
    pub async fn run_jobs(&self) -> usize {
        let mut ran = 0;
        loop {
            let due = store::take_due_jobs(&self.story).await.expect("the queue can be read");
            for (task, payload) in &due {
                if let Err(error) = jobs::run(self.ctx(), task, payload).await {
                    panic!("the job {task} {payload} failed: {error}");
                }
            }
            ran += due.len();
            let events = jobs::relay(self.ctx()).await.expect("events can be handed on");
            if due.is_empty() && events == 0 {
                return ran;
            }
        }
    }

    /// How many jobs wait for their time.
    pub async fn waiting_jobs(&self) -> i64 {
        store::count_jobs(&self.story).await.expect("the queue can be read")
    }
}
