using System.Collections.Immutable;
using System.Text;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Journal.Files;

namespace DklActors.Host.Regions;

/// <summary>
/// The folder of a campaign: <c>recipe.yaml</c> as it was written, <c>campaign.json</c>, <c>regions/NAME/</c> with the
/// run of each region, <c>summary.json</c>, <c>figures/</c>. Locked while it is open.
/// </summary>
internal sealed class CampaignFolder : IDisposable
{
    private readonly FileStream _lock;

    private CampaignFolder(string root, FileStream heldLock, CampaignPlan plan)
    {
        Root = root;
        _lock = heldLock;
        Plan = plan;
    }

    public string Root { get; }

    public CampaignPlan Plan { get; }

    public string Figures => Path.Combine(Root, "figures");

    /// <summary>Whether a folder is that of a campaign.</summary>
    public static bool IsOne(string path) => File.Exists(PlanIn(Path.GetFullPath(path)));

    public string FolderOf(PlannedRegion region) => Path.Combine(Root, "regions", region.Name);

    public string RecipeOf(PlannedRegion region) => RunFolder.RecipeIn(FolderOf(region));

    /// <summary>
    /// Makes the folder with the recipe of every region in it; <c>campaign.json</c> comes last, so that there is a
    /// whole campaign or none.
    /// </summary>
    /// <exception cref="UsageException">There is a campaign or a run in it already.</exception>
    public static CampaignFolder Create(string path, CampaignRecipe recipe)
    {
        string root = Path.GetFullPath(path);
        if (IsOne(root) || RunFolder.HoldsRun(root))
        {
            throw new UsageException(
                $"{path} holds a {(IsOne(root) ? "campaign" : "run")} already; continue it with --resume {path}, or "
                + "choose another --out.");
        }

        var plan = new CampaignPlan(
            CampaignPlan.CurrentVersion,
            recipe.Name,
            recipe.Title,
            recipe.Regions[0].Recipe.Learning.Transfer,
            [
                .. recipe.Regions.Select(static region => new PlannedRegion(
                    region.Name,
                    region.Differences.ToImmutableSortedDictionary(
                        static entry => entry.Key, static entry => entry.Text, StringComparer.Ordinal))),
            ]);
        LocalFiles.Instance.MakeFolder(root);
        var folder = new CampaignFolder(root, Lock(root), plan);
        try
        {
            Write(Path.Combine(root, "recipe.yaml"), recipe.Text);
            LocalFiles.Instance.MakeFolder(Path.Combine(root, "regions"));
            foreach ((PlannedRegion region, RegionRecipe its) in plan.Regions.Zip(recipe.Regions))
            {
                LocalFiles.Instance.MakeFolder(folder.FolderOf(region));
                Write(folder.RecipeOf(region), its.Recipe.ToYaml());
            }

            Write(PlanIn(root), plan.ToJson());
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Opens the folder of a campaign to continue it.</summary>
    /// <exception cref="UsageException">Another process has it open, or it is damaged.</exception>
    public static CampaignFolder OpenExisting(string path)
    {
        string root = Path.GetFullPath(path);
        try
        {
            return new CampaignFolder(root, Lock(root), CampaignPlan.Read(PlanIn(root)));
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    public void WriteSummary(string json) => Write(Path.Combine(Root, "summary.json"), json);

    public void Dispose() => _lock.Dispose();

    private static string PlanIn(string root) => Path.Combine(root, "campaign.json");

    private static void Write(string path, string text) => DurableFile.Write(path, Encoding.UTF8.GetBytes(text));

    private static FileStream Lock(string root) => FolderLock.Take(root, "campaign.lock");
}
