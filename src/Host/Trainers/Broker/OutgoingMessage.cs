using DklActors.Host.Trainers.Wire;
using RabbitMQ.Client;

namespace DklActors.Host.Trainers.Broker;

/// <summary>A message that is signed and ready to go.</summary>
/// <param name="Exchange">Empty for a queue of the name of the key.</param>
/// <param name="Key">Routing key.</param>
/// <param name="MessageId">What it is about, for people who look into a queue.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Signature">Over the body.</param>
/// <param name="IsDurable">Whether it outlives the broker; such a one must reach a queue.</param>
internal sealed record OutgoingMessage(
    string Exchange, string Key, string MessageId, ReadOnlyMemory<byte> Body, string Signature, bool IsDurable)
{
    /// <summary>To one queue, durable.</summary>
    public static OutgoingMessage ToQueue(
        string queue, string messageId, byte[] body, MessageSeal seal, MessageKind kind) =>
        new("", queue, messageId, body, seal.Sign(kind, body), IsDurable: true);

    /// <summary>To whoever listens now.</summary>
    public static OutgoingMessage ToAll(
        string exchange, string messageId, byte[] body, MessageSeal seal, MessageKind kind) =>
        new(exchange, "", messageId, body, seal.Sign(kind, body), IsDurable: false);

    public BasicProperties Properties() => new()
    {
        ContentType = "application/json",
        DeliveryMode = IsDurable ? DeliveryModes.Persistent : DeliveryModes.Transient,
        MessageId = MessageId,
        Headers = new Dictionary<string, object?> { [MessageSeal.Header] = Signature },
    };
}
