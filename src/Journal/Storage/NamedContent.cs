using DklActors.Messages.Events;

namespace DklActors.Journal.Storage;

/// <summary>A content that an event names, and which must therefore be there.</summary>
/// <param name="Kind">What it is, as in <see cref="Content.Kind"/>.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Owner">Whose it is, for people: the event and its point.</param>
public readonly record struct NamedContent(string Kind, ContentHash Hash, string Owner)
{
    /// <summary>What an event names, or null.</summary>
    /// <exception cref="JournalDamagedException">What it names is no hash.</exception>
    public static NamedContent? Of(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (string Kind, string Hash, string Point) named = stored.Event switch
        {
            SurveyRecorded survey => ("image", survey.ImageHash, string.Empty),
            FrameRecorded frame => ("frame", frame.FrameHash, $", point {frame.Point}"),
            ModelTrained model => ("model", model.StateHash, $", model {model.Version}"),
            _ => default,
        };
        if (named.Kind is null)
        {
            return null;
        }

        string owner = $"event {stored.Ordering} ({stored.Manifest}{named.Point})";
        try
        {
            return new NamedContent(named.Kind, ContentHash.Parse(named.Hash), owner);
        }
        catch (FormatException exception)
        {
            throw new JournalDamagedException($"What {owner} names is no hash: {exception.Message}", exception);
        }
    }
}
