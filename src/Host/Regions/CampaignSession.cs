using DklActors.Actors.Experiments;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Regions.Comparing;
using DklActors.Host.Running;

namespace DklActors.Host.Regions;

/// <summary>
/// One <c>dkl run</c> of a recipe that lists regions: their runs one after the other, each as if it were alone, and
/// what they have in common.
/// </summary>
/// <remarks>
/// Whatever ends a region before it is complete ends the campaign there: a person's stop is meant for all of it, and
/// what an interlock saw is not mended by looking elsewhere. It is taken up with the region that was under way.
/// </remarks>
internal sealed class CampaignSession(RunRequest request, TimeProvider time, RunWiring wiring)
{
    public CampaignSession(RunRequest request, TimeProvider time)
        : this(request, time, RunWiring.Plain)
    {
    }

    /// <summary>Begins a campaign: every region is checked against its instrument before anything is made.</summary>
    public async Task<ExitCode> RunAsync(CampaignRecipe recipe)
    {
        foreach (RegionRecipe region in recipe.Regions)
        {
            RunJournal.RequirePlace(region.Recipe.Journal);
            ExperimentBuilder.Build(region.Recipe, region.Origins, time).Microscope.Dispose();
        }

        using CampaignFolder folder = CampaignFolder.Create(
            request.Out ?? Path.Combine("runs", $"{time.GetLocalNow():yyyyMMdd-HHmmss}-{recipe.Name}"), recipe);
        return await RunInAsync(folder).ConfigureAwait(false);
    }

    /// <summary>Goes on with the region that was under way, and those after it.</summary>
    public async Task<ExitCode> ResumeAsync()
    {
        using CampaignFolder folder = CampaignFolder.OpenExisting(request.Resume!);
        return await RunInAsync(folder).ConfigureAwait(false);
    }

    private async Task<ExitCode> RunInAsync(CampaignFolder folder)
    {
        TextWriter words = request.Json ? Console.Error : Console.Out;
        ExitCode exit = ExitCode.Done;
        int number = 0;
        foreach (PlannedRegion region in folder.Plan.Regions)
        {
            number++;
            string at = folder.FolderOf(region);
            if (RegionRun.StateIn(at).Run != RunState.Completed)
            {
                TransferredModel? last = folder.ModelBefore(region);
                await words.WriteLineAsync(
                    $"\nregion {region.Name} ({number} of {folder.Plan.Regions.Length})"
                    + (last is null ? "" : $", from the model of {last.FromRun}")).ConfigureAwait(false);
                exit = await RunRegionAsync(folder, region, last).ConfigureAwait(false);
                if (exit != ExitCode.Done)
                {
                    break;
                }
            }
        }

        CampaignReport report = CampaignReport.Of(folder, time);
        folder.WriteSummary(report.ToJson(indented: true));
        CampaignText.Print(report, CampaignFigures.Write(folder.Figures, report), words);
        if (exit != ExitCode.Done)
        {
            await words.WriteLineAsync($"The campaign goes on with: dkl run --resume {folder.Root}")
                .ConfigureAwait(false);
        }

        if (request.Json)
        {
            Console.WriteLine(report.ToJson(indented: false));
        }

        return exit;
    }

    private Task<ExitCode> RunRegionAsync(CampaignFolder folder, PlannedRegion region, TransferredModel? start)
    {
        string at = folder.FolderOf(region);
        bool isBegun = RunFolder.HoldsRun(at);
        RunRequest its = request with
        {
            Recipe = folder.RecipeOf(region),
            Out = isBegun ? null : at,
            Resume = isBegun ? at : null,
            Overrides = [],
        };
        RunWiring with = start is null
            ? wiring
            : wiring with { Settings = settings => wiring.Settings(settings) with { Transfer = start } };
        return new RunSession(its, time, with).RunAsync();
    }
}
