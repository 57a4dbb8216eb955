namespace DklActors.Learning.Engines;

/// <summary>One wording for every option that is out of range.</summary>
internal static class OptionCheck
{
    /// <exception cref="ArgumentException">The condition does not hold.</exception>
    public static void Require(bool condition, string option, object? value, string expected)
    {
        if (!condition)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The learning option {option} is {value}; it must be {expected}."));
        }
    }
}
