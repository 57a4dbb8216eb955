using DklActors.Actors.Experiments;

namespace DklActors.Actors.Tests.Experiments;

public sealed class RunTransitionsTests
{
    // The whole table, written out by hand: a row is a state, a column an input, '-' illegal.
    //                              Start Survey Pause Resume Choose Complete Stop Abort Halt Interlock Fail ContB ContA
    private const string Table = """
        New         Preparing - - - - - - - - - - - -
        Preparing   - Running - - - - Stopped Aborted Halted Interlocked Failed Preparing Running
        Running     - - Paused - Running Completed Stopped Aborted Halted Interlocked Failed Preparing Running
        Paused      - - Paused Running Paused - Stopped Aborted Halted Interlocked Failed Preparing Running
        Completed   - - - - - - - - - - - - -
        Stopped     - - - - - - - - - - - Preparing Running
        Aborted     - - - - - - - - - - - Preparing Running
        Halted      - - - - - - - - - - - Preparing Running
        Interlocked - - - - - - - - - - - Preparing Running
        Failed      - - - - - - - - - - - Preparing Running
        """;

    public static TheoryData<RunState, RunInput, RunState?> Rows()
    {
        var rows = new TheoryData<RunState, RunInput, RunState?>();
        RunInput[] inputs = Enum.GetValues<RunInput>();
        foreach (string line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < inputs.Length; i++)
            {
                RunState? to = cells[i + 1] == "-" ? null : Enum.Parse<RunState>(cells[i + 1]);
                rows.Add(Enum.Parse<RunState>(cells[0]), inputs[i], to);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_run_moves_as_the_table_says_and_in_no_other_way(RunState from, RunInput input, RunState? to)
    {
        RunTransitions.IsAllowed(from, input).Should().Be(to is not null);
        if (to is not null)
        {
            RunTransitions.Next(from, input).Should().Be(to);
        }
        else
        {
            FluentActions.Invoking(() => RunTransitions.Next(from, input))
                .Should().Throw<InvalidOperationException>().WithMessage($"*{from}*{input}*");
        }
    }

    [Fact]
    public void The_table_covers_every_state_and_input() => Rows().Should()
        .HaveCount(Enum.GetValues<RunState>().Length * Enum.GetValues<RunInput>().Length);
}
