using System.Collections.Immutable;
using DklActors.Messages.Events;

namespace DklActors.Journal.Storage;

/// <summary>A content that an event names, and which must therefore be there.</summary>
/// <param name="Kind">What it is, as in <see cref="Content.Kind"/>.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Owner">Whose it is, for people: the event and its point.</param>
public readonly record struct NamedContent(string Kind, ContentHash Hash, string Owner)
{
    /// <summary>What an event names, in its order; empty where it names nothing.</summary>
    /// <exception cref="JournalDamagedException">What it names is no hash.</exception>
    public static ImmutableArray<NamedContent> Of(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Event switch
        {
            SurveyRecorded survey =>
            [
                Named(stored, "image", survey.ImageHash, string.Empty),
                .. survey.Places?.SitesHash is { } sites ? [Named(stored, "sites", sites, string.Empty)] : NoContent,
                .. survey.Places?.SeedsHash is { } seeds ? [Named(stored, "seeds", seeds, string.Empty)] : NoContent,
            ],
            DriftCorrected look => [Named(stored, "image", look.ImageHash, string.Empty)],
            FrameRecorded frame => [Named(stored, "frame", frame.FrameHash, $", point {frame.Point}")],
            ModelTrained model => [Named(stored, "model", model.StateHash, $", model {model.Version}")],
            ModelTransferred other => [Named(stored, "model", other.StateHash, ", the model that it starts from")],
            _ => [],
        };
    }

    private static ImmutableArray<NamedContent> NoContent => [];

    private static NamedContent Named(StoredEvent stored, string kind, string hash, string point)
    {
        string owner = $"event {stored.Ordering} ({stored.Manifest}{point})";
        try
        {
            return new NamedContent(kind, ContentHash.Parse(hash), owner);
        }
        catch (FormatException exception)
        {
            throw new JournalDamagedException($"What {owner} names is no hash: {exception.Message}", exception);
        }
    }
}
