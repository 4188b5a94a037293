//! Which task is which use case. Every task of the queue is on this screen.

use domain::kernel::{Context, Error};
use graphile_worker::{Cron, Crontab, IntoTaskHandlerResult, JobDefinition, TaskHandler, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::heads::SignHead;
use super::housekeeping::Housekeeping;

/// A task of the domain, by its place in [`domain::jobs::TASKS`].
#[derive(Debug, Deserialize, Serialize)]
#[serde(transparent)]
struct Task<const PLACE: usize>(Value);

impl<const PLACE: usize> TaskHandler for Task<PLACE> {
    const IDENTIFIER: &'static str = domain::jobs::TASKS[PLACE];

    async fn run(self, job: WorkerContext) -> impl IntoTaskHandlerResult {
        domain::jobs::run(&context(&job)?, Self::IDENTIFIER, &self.0).await
    }
}

/// The place of the one that the calendar asks for.
const CHECK_DOCUMENTS: usize = 3;

/// All tasks a worker can do.
pub fn tasks() -> Vec<JobDefinition> {
    vec![
        Housekeeping::definition(),
        SignHead::definition(),
        Task::<0>::definition(),
        Task::<1>::definition(),
        Task::<2>::definition(),
        Task::<CHECK_DOCUMENTS>::definition(),
        Task::<4>::definition(),
    ]
}

/// Teaches a worker all tasks.
pub fn register(options: WorkerOptions, ctx: &Context) -> WorkerOptions {
    options.add_extension(ctx.clone()).define_jobs(tasks())
}

/// What runs by itself.
pub fn calendar() -> Vec<Crontab> {
    // The first look of a day signs its head. Looking every hour makes up for one that failed.
    let calendar = [
        Cron::hourly_at::<Housekeeping>(7).map(|entry| entry.build()),
        Cron::hourly_at::<SignHead>(2).map(|entry| entry.build()),
        // Documents that end: the first look of a day in their zone finds them.
        Cron::hourly_at::<Task<CHECK_DOCUMENTS>>(12).map(|entry| entry.build()),
    ];
    calendar.into_iter().flatten().collect()
}

/// What a use case called by a job is given.
pub fn context(job: &WorkerContext) -> Result<Context, Error> {
    job.get_ext::<Context>().cloned().ok_or_else(|| Error::internal("the worker was built without a context"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_calendar_asks_for_documents() {
        assert_eq!(domain::jobs::TASKS[super::CHECK_DOCUMENTS], domain::onboarding::TASK_CHECK_DOCUMENTS);
    }

    #[test]
    fn every_task_of_the_domain_can_be_done() {
        let known: Vec<&str> = super::tasks().iter().map(|task| task.identifier()).collect();
        for task in domain::jobs::TASKS {
            assert!(known.contains(task), "nobody does {task}");
        }
    }
}
