using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class EventStreaming : ActorTest
{
    [Fact]
    public async Task A_subscriber_gets_what_is_of_its_type_or_a_subtype()
    {
        var probe = NewProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(IComparable)).Should().BeTrue();
        Sys.EventStream.Publish("text");
        Sys.EventStream.Publish(new object());
        Sys.EventStream.Publish(7);
        await probe.ExpectAsync("text", 7);
        await probe.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public void Subscribing_and_unsubscribing_tell_whether_they_changed_something()
    {
        var probe = NewProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(string)).Should().BeTrue();
        Sys.EventStream.Subscribe(probe.Ref, typeof(string)).Should().BeFalse();
        Sys.EventStream.Unsubscribe(probe.Ref, typeof(string)).Should().BeTrue();
        Sys.EventStream.Unsubscribe(probe.Ref, typeof(string)).Should().BeFalse();
    }

    [Fact]
    public async Task An_event_that_two_subscriptions_match_arrives_once()
    {
        var probe = NewProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(IComparable));
        Sys.EventStream.Subscribe(probe.Ref, typeof(string));
        Sys.EventStream.Publish("text");
        await probe.ExpectAsync("text");
        await probe.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task Who_unsubscribed_hears_nothing_more()
    {
        var probe = NewProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(string));
        Sys.EventStream.Subscribe(probe.Ref, typeof(int));
        Sys.EventStream.Unsubscribe(probe.Ref, typeof(string));
        Sys.EventStream.Publish("unheard");
        Sys.EventStream.Publish(1);
        await probe.ExpectAsync(1);
        Sys.EventStream.Unsubscribe(probe.Ref).Should().BeTrue();
        Sys.EventStream.Publish(2);
        await probe.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task The_stream_forgets_a_subscriber_that_stops()
    {
        var (probe, letters) = (NewProbe(), NewProbe());
        var subscriber = Sys.ActorOf(Puppet.Props(probe));
        Sys.EventStream.Subscribe(subscriber, typeof(int));
        (await subscriber.GracefulStop(Patience)).Should().BeTrue();

        // On Akka.NET another actor unsubscribes it, some time after.
        await AwaitAssertAsync(() => Sys.EventStream.Unsubscribe(subscriber).Should().BeFalse());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Sys.EventStream.Publish(1);
        await letters.ExpectNothingBeforeMarkerAsync();
    }

    private static async Task AwaitAssertAsync(Action assertion)
    {
        while (Record.Exception(assertion) is not null)
        {
            await Task.Yield();
        }
    }
}
