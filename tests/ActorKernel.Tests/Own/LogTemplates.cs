using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Event;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>What is logged keeps its template and its arguments, and no argument can make logging fail.</summary>
public sealed class LogTemplates : ActorTest
{
    private readonly List<LogEvent> _written = [];

    protected override ActorSystemSettings Settings => base.Settings with { LogSink = _written.Add };

    public static TheoryData<string, object?[], string> Texts => new()
    {
        { "Point {Point}, attempt {Attempt}: {Reason}", ["p7", 2, "why"], "Point p7, attempt 2: why" },
        { "{0} before {1:F2}, and {0} again", [1, 2.345], "1 before 2.35, and 1 again" },
        { "{1} then {0}", ["a", "b"], "b then a" },
        { "{A,6:F1}|{B,-4}|", [1.26, "b"], "   1.3|b   |" },
        { "{{literal}} {A}", [5], "{literal} 5" },
        { "{@A} {$B}", [1, 2], "1 2" },
        { "{A}", [null], "null" },
        { "{Name} {Name}", [1, 2], "1 2" },
        { "missing {A} {B}", [1], "missing 1 {B}" },
        { "missing {0} {7}", [1], "missing 1 {7}" },
        { "one too many {A}", [1, 2], "one too many 1" },
        { "mixed {0} {Name}", [1, 2], "mixed 1 2" },
        { "not closed {A", [1], "not closed {A" },
        { "not opened } {A}", [1], "not opened } 1" },
        { "{} {a b} {A}", [1], "{} {a b} 1" },
        { "{A:Q} {B,99999}", [1.5, 2], "<Double has no text: FormatException> {B,99999}" },
        { "{99999999999}", [1], "1" },
        { "", [1], "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_template_is_filled_as_far_as_it_can_be(string template, object?[] arguments, string text)
    {
        Sys.Log.Info(template, arguments);
        LogEvent written = _written.Should().ContainSingle().Which;
        written.Message.ToString().Should().Be(text);
        written.GetTemplate().Should().Be(template);
        ((LogMessage)written.Message).Parameters().Should().Equal(arguments);
    }

    [Fact]
    public void An_argument_without_a_text_costs_its_value_alone()
    {
        Sys.Log.Warning(new Unspeakable(), "{Point} of {Bad}", 7, new Bad());
        LogEvent written = _written.Should().ContainSingle().Which;
        written.Message.ToString().Should().Be("7 of <Bad has no text: InvalidOperationException>");
        written.ToString().Should().Contain("7 of").And.Contain("<Unspeakable has no text: NotSupportedException>");
        written.TryGetProperties(out IReadOnlyDictionary<string, object?>? properties).Should().BeTrue();
        properties["Point"].Should().Be(7);
        properties["Bad"].Should().BeOfType<Bad>();
    }

    [Fact]
    public void A_text_without_arguments_stays_as_it_is_whatever_braces_it_has()
    {
        Sys.Log.Error("{ \"json\": {0} }}");
        _written.Should().ContainSingle().Which.Message.Should().Be("{ \"json\": {0} }}");
        _written[0].TryGetProperties(out _).Should().BeFalse();
    }

    [Fact]
    public void Properties_are_the_arguments_by_name_or_number_and_the_context_before_them()
    {
        ILoggingAdapter log = Sys.Log.WithContext("RunId", "r1").WithContext("Point", 7);
        log.Info("{A} {Point}", 1, 9);
        log.Info("{1} {0}", "zero", "one");
        log.Info("no arguments");
        Sys.Log.Info("{A}", 1);

        PropertiesOf(_written[0]).Should().Equal(new Dictionary<string, object?>
        {
            ["A"] = 1, ["Point"] = 7, ["RunId"] = "r1",
        });
        PropertiesOf(_written[1])["0"].Should().Be("zero");
        PropertiesOf(_written[1])["1"].Should().Be("one");
        PropertiesOf(_written[2])["RunId"].Should().Be("r1");
        PropertiesOf(_written[3]).Should().ContainSingle("a context belongs to the log it was given to");
    }

    [Fact]
    public void Below_the_level_nothing_is_made_and_the_level_can_be_changed()
    {
        Sys.Log.Debug("{A}", 1);
        _written.Should().BeEmpty();
        Sys.Log.IsDebugEnabled.Should().BeFalse();

        Sys.EventStream.SetLogLevel(LogLevel.DebugLevel);
        Sys.Log.IsDebugEnabled.Should().BeTrue();
        Sys.Log.Debug("{A}", 1);
        _written.Should().ContainSingle().Which.Should().BeOfType<Debug>();

        Sys.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        Sys.Log.Warning("{A}", 1);
        _written.Should().ContainSingle();
    }

    [Fact]
    public void A_line_below_the_level_makes_no_array_of_its_arguments()
    {
        ILoggingAdapter log = Sys.Log;
        object point = "p7";
        log.Debug("{Point} {Reason}", point, "why");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            log.Debug("{Point} {Reason}", point, "why");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void A_line_is_stamped_by_the_clock_of_the_system()
    {
        Clock.Advance(TimeSpan.FromHours(3));
        Sys.Log.Info("now");
        _written.Should().ContainSingle().Which.Timestamp.Should().Be(Clock.GetUtcNow().UtcDateTime);
    }

    private static IReadOnlyDictionary<string, object?> PropertiesOf(LogEvent written)
    {
        written.TryGetProperties(out IReadOnlyDictionary<string, object?> properties);
        return properties;
    }

    private sealed class Bad
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class Unspeakable : Exception
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
