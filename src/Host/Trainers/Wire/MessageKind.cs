namespace DklActors.Host.Trainers.Wire;

/// <summary>Kinds of messages; each is signed with a key of its own, so that none passes for another.</summary>
internal enum MessageKind
{
    Job,
    Ticket,
    Result,
    Beat,
    Supersede,
}
