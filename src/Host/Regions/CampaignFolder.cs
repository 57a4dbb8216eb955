using System.Collections.Immutable;
using System.Text;
using DklActors.Actors.Experiments;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Running;
using DklActors.Journal.Files;
using DklActors.Journal.Storage;

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

    public string Figures => Path.GetDirectoryName(FigureIn(Root))!;

    /// <summary>Whether a folder is that of a campaign.</summary>
    public static bool IsOne(string path) => File.Exists(PlanIn(Path.GetFullPath(path)));

    public static string PlanIn(string root) => Path.Combine(root, "campaign.json");

    public static string RecipeIn(string root) => Path.Combine(root, "recipe.yaml");

    /// <summary>Where the run of a region is.</summary>
    public static string RegionIn(string root, PlannedRegion region) => Path.Combine(root, "regions", region.Name);

    /// <summary>What the regions have in common, in numbers.</summary>
    public static string SummaryIn(string root) => Path.Combine(root, "summary.json");

    /// <summary>The same as a figure.</summary>
    public static string FigureIn(string root) => Path.Combine(root, "figures", "comparison.svg");

    public string FolderOf(PlannedRegion region) => RegionIn(Root, region);

    public string RecipeOf(PlannedRegion region) => RunFolder.RecipeIn(FolderOf(region));

    /// <summary>
    /// Makes the folder with the recipe of every region in it; <c>campaign.json</c> comes last, so that there is a
    /// whole campaign or none.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="recipe">What to write.</param>
    /// <param name="begin">What else a region's folder is to have, or null.</param>
    /// <exception cref="UsageException">There is a campaign or a run in it already.</exception>
    public static CampaignFolder Create(
        string path, CampaignRecipe recipe, Action<PlannedRegion, string>? begin = null)
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
            Write(RecipeIn(root), recipe.Text);
            LocalFiles.Instance.MakeFolder(Path.Combine(root, "regions"));
            foreach ((PlannedRegion region, RegionRecipe its) in plan.Regions.Zip(recipe.Regions))
            {
                LocalFiles.Instance.MakeFolder(folder.FolderOf(region));
                Write(folder.RecipeOf(region), its.Recipe.ToYaml());
                begin?.Invoke(region, folder.FolderOf(region));
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

    /// <summary>
    /// What the first training in a region starts from: of the regions before it that have a model, the last one's.
    /// Null for the seed.
    /// </summary>
    /// <exception cref="JournalException">A journal cannot be read.</exception>
    public TransferredModel? ModelBefore(PlannedRegion region) => Plan.Transfer == TransferKind.Warm
        ? Plan.Regions.TakeWhile(each => each.Name != region.Name).Reverse()
            .Select(each => RegionRun.ModelIn(FolderOf(each))).FirstOrDefault(static model => model is not null)
        : null;

    public void WriteSummary(string json) => Write(SummaryIn(Root), json);

    public void Dispose() => _lock.Dispose();

    private static void Write(string path, string text) => DurableFile.Write(path, Encoding.UTF8.GetBytes(text));

    private static FileStream Lock(string root) => FolderLock.Take(root, "campaign.lock");
}
