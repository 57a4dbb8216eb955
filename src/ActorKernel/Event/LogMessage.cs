namespace DklActors.ActorKernel.Event;

/// <summary>A template and what fills it: text for people, names and values for a search.</summary>
public sealed class LogMessage
{
    private readonly object?[] _args;

    internal LogMessage(string format, object?[] args) => (Format, _args) = (format, args);

    public string Format { get; }

    public IEnumerable<object?> Parameters() => _args;

    /// <summary>Arguments by the names of their holes. One without a hole has no name and is left out.</summary>
    public IReadOnlyDictionary<string, object?> GetProperties()
    {
        var names = SemanticLogMessageFormatter.NamesIn(Format);
        bool byNumber = SemanticLogMessageFormatter.AreNumbers(names);
        var properties = new Dictionary<string, object?>();
        for (int i = 0; i < names.Count; i++)
        {
            if ((byNumber ? int.Parse(names[i]) : i) is var at && at < _args.Length)
            {
                properties[names[i]] = _args[at];
            }
        }

        return properties;
    }

    public override string ToString() => SemanticLogMessageFormatter.Format(Format, _args);
}

/// <summary>What a log keeps of an event.</summary>
public static class LogEventExtensions
{
    /// <summary>The template, or the text where there was nothing to fill in.</summary>
    public static string GetTemplate(this LogEvent logEvent) =>
        (logEvent.Message as LogMessage)?.Format ?? SemanticLogMessageFormatter.TextOf(logEvent.Message);

    /// <summary>The arguments by name, and the context of the log that wrote it, which goes before.</summary>
    /// <returns>False if there are none.</returns>
    public static bool TryGetProperties(this LogEvent logEvent, out IReadOnlyDictionary<string, object?> properties)
    {
        properties = (logEvent.Message as LogMessage)?.GetProperties() ?? ImmutableDictionary<string, object?>.Empty;
        if (logEvent.Context is { } context)
        {
            properties = context.AddRange(properties.Where(property => !context.ContainsKey(property.Key)));
        }

        return properties.Count > 0;
    }
}
