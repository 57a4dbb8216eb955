using System.Collections.Immutable;

namespace DklActors.Host.Serving.Contract;

internal sealed record TakeSeat(bool TakeOver = false, string? Reason = null);

/// <param name="Recipe">YAML text.</param>
/// <param name="Set">Dotted keys that replace the recipe's.</param>
internal sealed record CheckRecipe(string Recipe, ImmutableSortedDictionary<string, string>? Set = null);

/// <param name="Recipe">YAML text.</param>
/// <param name="Set">Dotted keys that replace the recipe's.</param>
/// <param name="Instrument">Whose queue it waits in; null for that of the recipe's microscope.</param>
internal sealed record SubmitExperiment(
    string Recipe, ImmutableSortedDictionary<string, string>? Set = null, string? Instrument = null);

internal sealed record PauseRequest(PauseMode Mode = PauseMode.Soft, string? Reason = null);

internal enum PauseMode
{
    /// <summary>After the point under way.</summary>
    Soft,

    /// <summary>Blanks now; the point is given up and measured again.</summary>
    Hard,
}

internal sealed record ReasonRequest(string? Reason = null);

/// <param name="Keys">Keys below the section and their values.</param>
/// <param name="Reason">Why.</param>
internal sealed record ChangeKeys(ImmutableSortedDictionary<string, string> Keys, string? Reason = null);

internal sealed record ChangeRegion(AreaView? Region, string? Reason = null);

internal sealed record ExcludeArea(AreaView Area, string? Reason = null);

internal sealed record ForcePoint(int Row, int Column, string? Reason = null);

internal sealed record AddNote(string Text, int? Row = null, int? Column = null);

internal sealed record PreviewKeys(ImmutableSortedDictionary<string, string> Keys);

internal sealed record ViewFrame(ImmutableSortedDictionary<string, string>? Scalarizer = null);
