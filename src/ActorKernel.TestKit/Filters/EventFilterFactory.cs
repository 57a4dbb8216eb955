using System.Text.RegularExpressions;
using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>
/// Says which events an expectation is about. Of the texts, all that are given must hold; <c>source</c> is a part of
/// the path of the actor that logs.
/// </summary>
public sealed class EventFilterFactory
{
    private readonly EventTap _tap;
    private readonly Waiter _waiter;
    private readonly TestKitSettings _settings;
    private readonly EventPattern? _alternative;

    internal EventFilterFactory(
        EventTap tap, Waiter waiter, TestKitSettings settings, EventPattern? alternative = null)
    {
        _tap = tap;
        _waiter = waiter;
        _settings = settings;
        _alternative = alternative;
    }

    /// <summary>Errors whose cause is of this type. The text is that of the event or of the exception.</summary>
    public EventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception =>
        Exception<TException>(new TextPattern(message, start, contains, null), source);

    public EventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception<TException>(new TextPattern(null, null, null, pattern), source);

    public EventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Error>(new TextPattern(message, start, contains, null), source);

    public EventFilterApplier Error(Regex pattern, string? source = null) =>
        Logged<Error>(new TextPattern(null, null, null, pattern), source);

    public EventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Warning>(new TextPattern(message, start, contains, null), source);

    public EventFilterApplier Warning(Regex pattern, string? source = null) =>
        Logged<Warning>(new TextPattern(null, null, null, pattern), source);

    public EventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Info>(new TextPattern(message, start, contains, null), source);

    public EventFilterApplier Info(Regex pattern, string? source = null) =>
        Logged<Info>(new TextPattern(null, null, null, pattern), source);

    public EventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Logged<Debug>(new TextPattern(message, start, contains, null), source);

    public EventFilterApplier Debug(Regex pattern, string? source = null) =>
        Logged<Debug>(new TextPattern(null, null, null, pattern), source);

    public EventFilterApplier Custom(Predicate<LogEvent> predicate) => Custom<LogEvent>(predicate);

    public EventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Of(
            $"{Report.Name(typeof(TLogEvent))} that satisfies the predicate",
            heard => heard is TLogEvent written && predicate(written));
    }

    public EventFilterApplier DeadLetter() => DeadLetter<object>();

    public EventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetter(typeof(TMessage), source);

    /// <summary>Dead letters whose message is of this type.</summary>
    /// <param name="source">A part of the sender's path.</param>
    public EventFilterApplier DeadLetter(Type type, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Of(
            $"dead letter with a {Report.Name(type)}{From(source)}",
            heard => heard is DeadLetter letter && type.IsInstanceOfType(letter.Message)
                && IsFrom(letter.Sender.Path.ToString(), source));
    }

    private EventFilterApplier Exception<TException>(TextPattern text, string? source)
        where TException : Exception => Of(
            $"error caused by a {Report.Name(typeof(TException))}{text}{From(source)}",
            heard => heard is Error { Cause: TException cause } error && IsFrom(error.LogSource, source)
                && (text.Matches(TextOf(error)) || text.Matches(cause.Message)));

    private EventFilterApplier Logged<TLogEvent>(TextPattern text, string? source)
        where TLogEvent : LogEvent => Of(
            $"{Report.Name(typeof(TLogEvent))}{text}{From(source)}",
            heard => heard is TLogEvent written && IsFrom(written.LogSource, source)
                && text.Matches(TextOf(written)));

    private EventFilterApplier Of(string description, Func<object, bool> matches)
    {
        var pattern = new EventPattern(description, matches);
        return new EventFilterApplier(_tap, _waiter, _settings, _alternative?.Or(pattern) ?? pattern);
    }

    private static string TextOf(LogEvent written) => written.Message?.ToString() ?? "";

    private static string From(string? source) => source is null ? "" : $" from {source}";

    private static bool IsFrom(string path, string? source) =>
        source is null || path.Contains(source, StringComparison.Ordinal);
}
