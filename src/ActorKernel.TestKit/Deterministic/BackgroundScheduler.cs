namespace DklActors.ActorKernel.TestKit.Deterministic;

/// <summary>Tasks as steps of the simulation, each of them one step.</summary>
internal sealed class BackgroundScheduler(DeterministicScheduler scheduler) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;

    protected override void QueueTask(Task task)
    {
        if (!task.CreationOptions.HasFlag(TaskCreationOptions.HideScheduler))
        {
            throw new InvalidOperationException(
                "Start the task with TaskCreationOptions.HideScheduler. Otherwise what awaits something that happens "
                + "while the task runs goes on in the thread pool, out of the simulation's reach.");
        }

        scheduler.Schedule(new TaskItem(this, task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class TaskItem(BackgroundScheduler owner, Task task) : IThreadPoolWorkItem
    {
        public void Execute() => owner.TryExecuteTask(task);

        public override string ToString() => "background task";
    }
}
