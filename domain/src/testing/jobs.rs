//! Letting the queue catch up with the world's clock.

use super::{World, store};
use crate::{bookings, jobs};

impl World {
    /// Runs every job that is due by now, those that these enqueue too, lets clocks run out, and hands on all events.
    /// Returns how many jobs ran and clocks ran out.
    ///
    /// # Panics
    /// When a job or a clock fails.
    pub async fn run_jobs(&self) -> usize {
        let mut ran = 0;
        loop {
            let due = store::take_due_jobs(&self.story).await.expect("the queue can be read");
            for (task, payload) in &due {
                if let Err(error) = jobs::run(self.ctx(), task, payload).await {
                    panic!("the job {task} {payload} failed: {error}");
                }
            }
            let clocks = bookings::lapse_overdue(self.ctx(), 1000).await.expect("clocks can run out");
            ran += due.len() + clocks;
            let events = jobs::relay(self.ctx()).await.expect("events can be handed on");
            if due.len() + clocks + events == 0 {
                return ran;
            }
        }
    }

    /// How many jobs wait for their time.
    pub async fn waiting_jobs(&self) -> i64 {
        store::count_jobs(&self.story).await.expect("the queue can be read")
    }
}
