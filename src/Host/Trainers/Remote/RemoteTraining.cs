using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>How the trainings of one run are sent.</summary>
/// <param name="Experiment">Id of the run.</param>
/// <param name="Learner">What learns.</param>
/// <param name="Nodes">Who trains.</param>
/// <param name="Shelf">Where what is large is lent and handed in.</param>
/// <param name="Contents">Where nodes reach the shelf, such as https://scope:5080.</param>
/// <param name="Patience">How long a job waits for a node to take it.</param>
/// <param name="Deadline">Longest time of a training.</param>
/// <param name="Say">Tells those who look after the daemon.</param>
internal sealed record RemoteTraining(
    string Experiment,
    LearnerSpec Learner,
    ITrainerNodes Nodes,
    ContentShelf Shelf,
    Uri Contents,
    TimeSpan Patience,
    TimeSpan Deadline,
    Action<string> Say);
