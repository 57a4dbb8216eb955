using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>
/// Takes the messages of one actor, in the order of arrival, and says what they must be. Each method that waits has a
/// blocking form and one that ends in Async. Times are those of the test's clock; without one given, a wait lasts
/// for the rest of the enclosing <c>Within</c>, or for the settings' default.
/// </summary>
/// <remarks>
/// For one thread at a time. Every failed expectation is an <see cref="ExpectationFailedException"/>.
/// </remarks>
public abstract partial class MessageReceiver
{
    private MessageEnvelope? _last;

    private protected MessageReceiver()
    {
    }

    /// <summary>The actor that receives.</summary>
    public abstract IActorRef Ref { get; }

    /// <summary>The message taken last.</summary>
    /// <exception cref="InvalidOperationException">None was taken yet.</exception>
    public object LastMessage => Last.Message;

    /// <summary>Who sent the message taken last; nobody before the first.</summary>
    public IActorRef LastSender => _last?.Sender ?? ActorRefs.Nobody;

    /// <summary>Whether a message waits to be taken.</summary>
    public bool HasMessages => Arrivals.HasMessages;

    public abstract TestKitSettings TestKitSettings { get; }

    private protected abstract Arrivals Arrivals { get; }

    private protected Waiter Waiter => Arrivals.Waiter;

    private MessageEnvelope Last => _last ?? throw new InvalidOperationException(
        $"{Ref.Path} has no last message: the test has not taken one yet.");

    /// <summary>From now on, messages like these are treated as if they had never arrived.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => Arrivals.Ignored = shouldIgnoreMessage;

    public void IgnoreMessages<T>() => IgnoreMessages(static message => message is T);

    public void IgnoreNoMessages() => Arrivals.Ignored = null;

    private protected ExpectationFailedException Failed(string sentence, Exception? cause = null) =>
        new(Report.WithHistory(sentence, Ref.Path.ToString(), Arrivals.History), cause);
}
