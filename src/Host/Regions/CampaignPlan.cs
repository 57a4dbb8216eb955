using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Regions;

/// <summary>
/// <c>campaign.json</c>: which regions there are and in which order. Written once, before anything is measured; how far
/// each has come is in its own journal and nowhere else.
/// </summary>
/// <param name="Version">Of this form.</param>
/// <param name="Name">Short name of the campaign.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Transfer">What the first training in each further region starts from.</param>
/// <param name="Regions">In order.</param>
internal sealed record CampaignPlan(
    int Version, string Name, string Title, TransferKind Transfer, ImmutableArray<PlannedRegion> Regions)
{
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public string ToJson() => JsonSerializer.Serialize(this, Form) + "\n";

    /// <exception cref="InvalidDataException">It is none, or of a later version.</exception>
    public static CampaignPlan Read(string path)
    {
        try
        {
            CampaignPlan plan = JsonSerializer.Deserialize<CampaignPlan>(File.ReadAllBytes(path), Form)
                ?? throw new JsonException("it is empty");
            return plan.Version == CurrentVersion && !plan.Regions.IsDefaultOrEmpty
                ? plan
                : throw new InvalidDataException(
                    $"{path} has version {plan.Version}; this version reads {CurrentVersion}. "
                    + "Use the version that wrote it.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} is damaged: {exception.Message} Restore it from a copy; the regions' runs are whole.",
                exception);
        }
    }
}

/// <param name="Name">Its name, and that of its folder below <c>regions</c>.</param>
/// <param name="Differences">Keys that it has of its own, as the recipe wrote them.</param>
internal sealed record PlannedRegion(string Name, ImmutableSortedDictionary<string, string> Differences);
