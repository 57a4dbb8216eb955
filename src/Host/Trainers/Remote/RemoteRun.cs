using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;

namespace DklActors.Host.Trainers.Remote;

/// <summary>The trainings of one run, as far as they leave the machine: until it ends, nodes can fetch its contents.
/// </summary>
internal sealed class RemoteRun(
    Recipe recipe, ITrainerNodes nodes, ContentShelf shelf, Func<Uri> contents, Action<string> say) : IAsyncDisposable
{
    private RemoteEngine? _engine;
    private string? _experiment;

    /// <summary>The engine of the run: its own, or where the recipe says so one that sends trainings away.</summary>
    public IDklEngine Send(ExperimentSettings settings, CandidateSet candidates, IDklEngine engine)
    {
        if (recipe.Learning is not { Trainer: TrainerPlace.Remote, TrainerPatience: { } patience } learning)
        {
            return engine;
        }

        _experiment = settings.RunId;
        // A prepared run whose actors were made anew prepares again.
        _engine?.Dispose();
        return _engine = new RemoteEngine(engine, candidates, settings.Sites, new RemoteTraining(
            settings.RunId,
            new LearnerSpec(learning.Model, learning.Epochs, EngineBuilder.Of(learning).Kind),
            nodes,
            shelf,
            contents(),
            patience,
            settings.Learning.Deadline,
            say));
    }

    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        if (_experiment is { } experiment)
        {
            await nodes.ForgetAsync(experiment).ConfigureAwait(false);
        }
    }
}
