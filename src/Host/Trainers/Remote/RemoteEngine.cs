using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Host.Trainers.Remote;

/// <summary>
/// The engine of a run whose trainings go to trainer nodes. What comes back is a state; what is planned with is made of
/// it here, by the engine that would have trained it. Where no node answers in time, or what it answers cannot be used,
/// that engine trains too, so that no run depends on a node.
/// </summary>
internal sealed class RemoteEngine : ISendingEngine, IDisposable
{
    // The node's own limit ends a training a little before the run's, so that it can still say so.
    private static readonly TimeSpan ForTheWay = TimeSpan.FromSeconds(5);

    private readonly IDklEngine _here;
    private readonly RemoteTraining _training;
    private readonly int _patch;
    private readonly ContentLoan _image;
    private readonly ContentLoan? _sites;

    // The model that no node was there for: while none tells of itself, the next does not wait for one.
    private int? _missed;
    private bool _isSaid;

    private int _jobs;

    /// <param name="here">What trains where no node does, and makes models of states.</param>
    /// <param name="candidates">What may be measured.</param>
    /// <param name="sites">The pixels that can be measured; null for every pixel.</param>
    /// <param name="training">How trainings are sent.</param>
    public RemoteEngine(
        IDklEngine here, CandidateSet candidates, IReadOnlyList<GridPoint>? sites, RemoteTraining training)
    {
        _here = here;
        _training = training;
        _patch = candidates.Window.Size;
        _image = training.Shelf.Lend(ImageCodec.Write(candidates.Image));
        _sites = sites is null ? null : training.Shelf.Lend(PlacesCodec.Write(sites));
    }

    public string Identity => _here.Identity;

    // The same training of the same run has the same name: where a run was taken up again, an answer to what its last
    // process asked is as good.
    public Guid NameJob(TrainingRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{_training.Experiment} {_jobs++} {request.Version} {request.Seed} {request.WarmStart?.Version}")));
        hash.AppendData(MemoryMarshal.AsBytes(request.Observations.AsSpan()));
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
        _here.Train(request, cancellationToken);

    public CandidateModel Restore(ModelState state) => _here.Restore(state);

    public CandidateModel Prior(ulong seed) => _here.Prior(seed);

    public async Task<TrainedModel> TrainAsync(Guid job, TrainingRequest request, CancellationToken cancellationToken)
    {
        string why;
        try
        {
            if (_missed is { } missed && !_training.Nodes.Nodes.Any(static node => node.Standing == NodeStanding.There))
            {
                throw new TrainersUnavailableException($"No trainer node has been there since model {missed}.");
            }

            TrainedModel away = await AwayAsync(job, request, cancellationToken).ConfigureAwait(false);
            if (_isSaid)
            {
                _training.Say(
                    $"{_training.Experiment}: model {request.Version} was trained by {away.Trainer!.Node} again");
            }

            (_missed, _isSaid) = (null, false);
            return away;
        }
        catch (Exception exception) when (exception is TrainersUnavailableException or WireException
            or InvalidDataException)
        {
            why = exception.Message;
            _missed ??= exception is TrainersUnavailableException ? request.Version : null;
        }

        if (!_isSaid)
        {
            _training.Say($"{_training.Experiment}: models are trained here from {request.Version} on: {why}");
            _isSaid = true;
        }

        // A training fills a thread for seconds: not one of those that all others wait for.
        TrainedModel here = await Task.Factory.StartNew(
            () => _here.Train(request, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
        return here with { Trainer = new ModelTrainer(null, _here.Identity, why) };
    }

    public void Dispose()
    {
        _image.Dispose();
        _sites?.Dispose();
    }

    /// <exception cref="InvalidDataException">What came back cannot be used.</exception>
    private async Task<TrainedModel> AwayAsync(
        Guid job, TrainingRequest request, CancellationToken cancellationToken)
    {
        using ContentLoan? warm = request.WarmStart is { } state ? _training.Shelf.Lend(state.Content) : null;
        var sent = new TrainingJob
        {
            JobId = job,
            Experiment = _training.Experiment,
            Version = request.Version,
            Seed = request.Seed,
            Learner = _training.Learner,
            Image = _image.Hash,
            Patch = _patch,
            Sites = _sites?.Hash,
            Observations = request.Observations,
            WarmStart = request.WarmStart is { } start ? new WarmStart(start.Engine, start.Version, warm!.Hash) : null,
            Contents = _training.Contents,
            DeadlineSeconds = (_training.Deadline - ForTheWay).TotalSeconds,
        };
        TrainingResult result = await _training.Nodes.TrainAsync(sent, _training.Patience, cancellationToken)
            .ConfigureAwait(false);
        return result.Outcome switch
        {
            JobOutcome.Trained => ModelOf(sent, result),
            JobOutcome.Failed => throw new TrainingFailedException(
                $"{result.Reason ?? "no reason told"} (on {result.Node})"),
            _ => throw new InvalidDataException(
                $"{(result.Node.Length > 0 ? result.Node : "no node")} did not train it: "
                + $"{result.Reason ?? "no reason told"}"),
        };
    }

    private TrainedModel ModelOf(TrainingJob job, TrainingResult result)
    {
        if (ResultCheck.ProblemOf(result, job) is { } problem)
        {
            throw new InvalidDataException($"{result.Node} sent a result that cannot be: {problem}.");
        }

        StoredState told = result.State!;
        if (!_training.Shelf.TryTake(ContentHash.Parse(told.Hash), out ReadOnlyMemory<byte> content))
        {
            throw new InvalidDataException($"{result.Node} told of the state {told.Hash} and did not hand it in.");
        }

        var state = new ModelState(told.Engine, told.Version, content);
        return new TrainedModel(state, _here.Restore(state), result.Report!)
        {
            Trainer = new ModelTrainer(result.Node, result.Identity, null),
        };
    }
}
