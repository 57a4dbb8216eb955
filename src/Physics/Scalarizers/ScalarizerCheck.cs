using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Scalarizers;

/// <summary>Says what is wrong with a specification, and what to do.</summary>
internal static class ScalarizerCheck
{
    /// <summary>What is wrong with a specification by itself, whatever the axis; null when nothing is.</summary>
    public static string? ProblemOf(ScalarizerSpec spec)
    {
        if (ScalarizerCatalog.Find(spec.Kind) is not { } kind)
        {
            return $"There is no scalarizer '{spec.Kind}'; use one of {string.Join(", ", ScalarizerCatalog.Kinds)}.";
        }

        if (spec.Values.Keys.FirstOrDefault(key => kind.Parameters.All(known => known.Key != key)) is { } strange)
        {
            string known = kind.Parameters.Count == 0
                ? "it takes none"
                : $"it takes {string.Join(", ", kind.Parameters.Select(static parameter => parameter.Key))}";
            return $"Scalarizer {spec.Kind} has no parameter '{strange}'; {known}.";
        }

        foreach (ScalarizerParameter parameter in kind.Parameters)
        {
            if (!spec.Values.TryGetValue(parameter.Key, out object? value))
            {
                if (parameter.IsRequired)
                {
                    return $"Scalarizer {spec.Kind} needs {parameter.Key}: {parameter.Meaning}";
                }
            }
            else if (parameter.ProblemOf(value) is { } problem)
            {
                return $"Scalarizer {spec.Kind}: {problem}.";
            }
        }

        return kind.Check(spec) is { } together ? $"Scalarizer {spec.Kind}: {together}." : null;
    }

    /// <summary>What is wrong with a specification on an instrument; null when nothing is.</summary>
    public static string? ProblemOf(ScalarizerSpec spec, EnergyAxis? axis)
    {
        if (ProblemOf(spec) is { } problem)
        {
            return problem;
        }

        switch (ScalarizerCatalog.Find(spec.Kind)!.Takes, axis)
        {
            case (FrameNeed.Spectrum, null):
                return $"Scalarizer {spec.Kind} needs spectra, and this instrument takes diffraction patterns or "
                    + "values; choose a data set of spectra, or a scalarizer for patterns or values.";
            case (FrameNeed.Pattern or FrameNeed.Value, not null):
                string needs = ScalarizerCatalog.Find(spec.Kind)!.Takes == FrameNeed.Value
                    ? "recorded values"
                    : "diffraction patterns";
                return $"Scalarizer {spec.Kind} takes {needs}, and this instrument takes spectra ({axis}); choose "
                    + "another data set or a scalarizer for spectra.";
            case (_, null):
                return null;
        }

        foreach ((_, EnergyWindow window) in ScalarizerCatalog.Find(spec.Kind)!.WindowsOf(spec))
        {
            if (!axis!.Covers(window))
            {
                return $"Scalarizer {spec.Kind}: the window {window} does not lie on the energy axis ({axis}); "
                    + $"choose bounds within {axis.Origin} .. {axis.Last} that hold at least one channel.";
            }
        }

        return null;
    }
}
