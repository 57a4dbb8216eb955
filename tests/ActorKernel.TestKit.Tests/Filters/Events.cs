using System.Text.RegularExpressions;
using DklActors.ActorKernel.TestKit.Actors;
using DklActors.ActorKernel.TestKit.Tests.Kit;

namespace DklActors.ActorKernel.TestKit.Tests.Filters;

public sealed class Events
{
    [Theory]
    [EveryMode]
    public void An_exception_is_found_by_type_text_and_source(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var actor = kit.Sys.ActorOf(FailingActor.Props, "fragile");
        void Fail() => actor.Tell(new InvalidTimeZoneException("the wrong zone"));

        kit.EventFilter.Exception<InvalidTimeZoneException>().ExpectOne(Fail);
        kit.EventFilter.Exception<InvalidTimeZoneException>(message: "the wrong zone").ExpectOne(Fail);
        kit.EventFilter.Exception<Exception>(start: "the wr", contains: "zone", source: "/fragile").ExpectOne(Fail);
        kit.EventFilter.Exception<InvalidTimeZoneException>(new Regex("w.*z")).ExpectOne(Fail);
        kit.EventFilter.Error(contains: "zone").ExpectOne(Fail);
    }

    [Theory]
    [EveryMode]
    public void An_event_that_does_not_come_fails_and_the_others_are_told(Mode mode)
    {
        using var kit = new SomeKit(mode);
        var actor = kit.Sys.ActorOf(FailingActor.Props);
        var filter = kit.EventFilter.Exception<InvalidTimeZoneException>(contains: "left", source: "/nobody");
        kit.Watch(actor);
        FluentActions.Invoking(() => filter.Expect(1, SomeKit.Short, () =>
        {
            kit.EventFilter.Exception<InvalidOperationException>().ExpectOne(
                () => actor.Tell(new InvalidOperationException("right")));
        })).ShouldFail(
            "Expected 1 of: error caused by a InvalidTimeZoneException that contains \"left\" from /nobody, within "
            + "0.02 s, but 0 came.*Other events meanwhile:*right*");
    }

    [Theory]
    [EveryMode]
    public void Too_many_events_fail(Mode mode)
    {
        using var kit = new SomeKit(mode);
        FluentActions.Invoking(() => kit.EventFilter.Warning().ExpectOne(() =>
        {
            kit.Sys.Log.Warning("one");
            kit.EventFilter.Warning("two").ExpectOne(() => kit.Sys.Log.Warning("two"));
        })).ShouldFail("Expected 1 of: Warning, within 30 s, but 2 came.*");
    }

    [Theory]
    [EveryMode]
    public void None_expected_means_none_for_a_while(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.EventFilter.Error().Expect(0, () => { });
        FluentActions.Invoking(() => kit.EventFilter.Error().Expect(
            0,
            () => kit.EventFilter.Error("an error").ExpectOne(() => kit.Sys.Log.Error("an error"))))
            .ShouldFail("Expected 0 of: Error, within 0.02 s, but 1 came.*");
    }

    [Theory]
    [EveryMode]
    public void Each_level_has_its_filter(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.EventFilter.Error("e").ExpectOne(() => kit.Sys.Log.Error("e"));
        kit.EventFilter.Warning(start: "w").ExpectOne(() => kit.Sys.Log.Warning("warm"));
        kit.EventFilter.Info(new Regex("^i$")).Expect(2, () =>
        {
            kit.Sys.Log.Info("i");
            kit.Sys.Log.Info("i");
            kit.Sys.Log.Info("info");
        });
        kit.EventFilter.Custom<Warning>(warning => warning.Message.ToString() == "x").ExpectOne(
            () => kit.Sys.Log.Warning("x"));
        kit.EventFilter.Error("a").And.Warning("b").Expect(2, () =>
        {
            kit.Sys.Log.Error("a");
            kit.Sys.Log.Warning("b");
        });
    }

    [Theory]
    [EveryMode]
    public void Dead_letters_are_found_by_type(Mode mode)
    {
        using var kit = new SomeKit(mode);
        kit.EventFilter.DeadLetter<string>().ExpectOne(() =>
        {
            kit.Sys.DeadLetters.Tell(7, ActorRefs.NoSender);
            kit.Sys.DeadLetters.Tell("lost", ActorRefs.NoSender);
        });
        kit.EventFilter.DeadLetter().ExpectOne(() => kit.Sys.DeadLetters.Tell(7, ActorRefs.NoSender));
        foreach (var type in (Type[])[typeof(int), typeof(IComparable)])
        {
            kit.EventFilter.DeadLetter(type).ExpectOne(() => kit.Sys.DeadLetters.Tell(7, ActorRefs.NoSender));
        }

        kit.EventFilter.DeadLetter<int>("/testActor").ExpectOne(() =>
        {
            kit.Sys.DeadLetters.Tell(7, ActorRefs.NoSender);
            kit.Sys.DeadLetters.Tell(7, kit.TestActor);
        });
    }

    [Theory]
    [EveryMode]
    public async Task The_async_form_waits_and_fails_too(Mode mode)
    {
        using var kit = new SomeKit(mode);
        await kit.EventFilter.Info("i").ExpectOneAsync(() =>
        {
            kit.Sys.Log.Info("i");
            return Task.CompletedTask;
        });
        await FluentActions.Awaiting(() => kit.EventFilter.Info("i").ExpectAsync(
            1, () => Task.CompletedTask, SomeKit.Short)).ShouldFailAsync(
                "*says \"i\", within 0.02 s, but 0 came.*none");
    }
}
