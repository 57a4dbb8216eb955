namespace DklActors.Host.Trainers.Broker;

/// <summary>Something could not be said to the broker within its time; the message tells why.</summary>
internal sealed class BrokerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The broker has no queue for a message: who was to get it is not known there any more.</summary>
internal sealed class UnroutableException(string message, Exception inner) : Exception(message, inner);
