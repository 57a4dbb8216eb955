using System.Text;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Scalarizers;

/// <summary>
/// Writes identities as they are journaled: <c>band-mean/1 [10.5 eV .. 13.5 eV]</c>, further parameters by name.
/// </summary>
internal static class ScalarizerIdentity
{
    /// <summary>Holds every value that can change a scalar, so that equal identities mean equal scalars.</summary>
    public static string Of(ScalarizerKind kind, ScalarizerSpec spec)
    {
        var text = new StringBuilder($"{kind.Name}/{kind.Version}");
        foreach (ScalarizerParameter parameter in kind.Parameters)
        {
            if ((spec.Values.GetValueOrDefault(parameter.Key) ?? parameter.AnyDefault) is not { } value)
            {
                continue;
            }

            // Signal and denominator go without their names, as the first journals have them.
            string name = parameter.Key switch
            {
                SpectrumParameters.WindowKey => " ",
                SpectrumParameters.ReferenceKey => " / ",
                SpectrumParameters.SaturationKey => " saturating at ",
                _ => $" {parameter.Key}=",
            };
            text.Append(name).Append(parameter.TextOf(value));
            text.Append(parameter.Key == SpectrumParameters.SaturationKey ? " counts" : "");
        }

        return text.ToString();
    }
}
