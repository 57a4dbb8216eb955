using System.Text.Json;

namespace DklActors.Daemon;

/// <summary>Experiments one after the other, as many as a week has, with all their waiting left out.</summary>
internal sealed class WeekLoad(int experiments, TimeProvider time)
{
    private const int Points = 24;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(time, cancellation);
        List<(long Memory, int Handles)> seen = [];
        for (int i = 1; i <= experiments; i++)
        {
            string id = await daemon.SubmitAsync(LoadRecipe.Of(Points, 1, i), cancellation);
            await EndAsync(daemon, id, cancellation);
            if (i % Math.Max(1, experiments / 20) == 0)
            {
                seen.Add((daemon.Memory, daemon.Handles));
                Console.WriteLine($"{i,5} experiments: {seen[^1].Memory / 1048576} MiB, {seen[^1].Handles} handles");
            }
        }

        // What is warm after a quarter of the week is what there is at its end.
        int quarter = seen.Count / 4;
        long before = seen[quarter].Memory;
        long after = seen[^1].Memory;
        Console.WriteLine(
            $"Memory at the end over that after a quarter: {(double)after / before:F3}; "
            + $"handles {seen[quarter].Handles} and {seen[^1].Handles}");
        return after < 1.25 * before && seen[^1].Handles <= seen[quarter].Handles + 8 ? 0 : 1;
    }

    private async Task EndAsync(DaemonProcess daemon, string id, CancellationToken cancellation)
    {
        while (true)
        {
            JsonElement status = await daemon.StatusOfAsync(id, cancellation);
            if (status.GetProperty("phase").GetString() == "ended")
            {
                if (status.GetProperty("state").GetString() != "completed")
                {
                    throw new InvalidOperationException(status.ToString());
                }

                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }
}
