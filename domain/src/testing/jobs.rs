//! Letting the queue catch up with the world's clock.

use super::{World, store};
use crate::{bookings, jobs, notifications};

impl World {
    /// Runs every job that is due by now, those that these enqueue too, lets clocks run out, sends messages, and hands on
    /// all events. Returns how many jobs ran, clocks ran out and messages were tried.
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
            let sent = notifications::send_due(self.ctx()).await.expect("messages can be sent");
            ran += due.len() + clocks + sent;
            let events = jobs::relay(self.ctx()).await.expect("events can be handed on");
            if due.len() + clocks + sent + events == 0 {
                return ran;
            }
        }
    }

    /// How many jobs and messages wait for their time.
    pub async fn waiting_jobs(&self) -> i64 {
        store::count_jobs(&self.story).await.expect("the queue can be read")
    }
}
