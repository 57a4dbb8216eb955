namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>An array from a file: a reference spectrum, fixed components, a mask, a probe.</summary>
public sealed record ArrayParameter(string Key, string Meaning) : ScalarizerParameter<ReferenceArray>(Key, Meaning)
{
    public override bool IsPath => true;

    private protected override string? Problem(ReferenceArray value)
    {
        foreach (float element in value.Values.Span)
        {
            if (!float.IsFinite(element))
            {
                return $"{Key}: {value.Source} holds {element}, and every element must be a number";
            }
        }

        return value.Values.Length > 0 ? null : $"{Key}: {value.Source} is empty";
    }

    private protected override string Text(ReferenceArray value) => $"sha256:{value.Hash}";
}
