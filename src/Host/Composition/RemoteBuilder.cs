using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Secrets;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote;
using DklActors.Instruments.Remote.Asyncroscopy;
using DklActors.Instruments.Remote.Bridge;

namespace DklActors.Host.Composition;

/// <summary>Reaches the microscope that a recipe names by its address.</summary>
internal static class RemoteBuilder
{
    private const int LeastToken = 32;
    private const int MostToken = 512;
    private const string AddressKey = "microscope.address";
    private const string TokenKey = "microscope.tokenFile";

    /// <exception cref="RecipeException">It does not answer, or does not allow what the recipe asks for.</exception>
    public static IInstrument Build(Recipe recipe, RecipeOrigins origins, TimeProvider time)
    {
        try
        {
            return recipe.Microscope switch
            {
                BridgeSection bridge => new BridgeMicroscope(OptionsOf(bridge, recipe, origins), time),
                AsyncroscopySection section => new AsyncroscopyMicroscope(OptionsOf(section, recipe), time),
                _ => throw new InvalidOperationException($"{recipe.Microscope.GetType().Name} has no address."),
            };
        }
        catch (MisfitException exception)
        {
            string key = exception.Key.Contains('.') ? exception.Key : $"microscope.{exception.Key}";
            throw new RecipeException(origins.ErrorAt(
                key, exception.Message.TrimEnd('.'), $"change or add {key}, or the microscope"));
        }
        catch (InstrumentException exception)
        {
            throw new RecipeException(origins.ErrorAt(
                AddressKey, exception.Message.TrimEnd('.'), "see whether it runs there, and what its log says"));
        }
    }

    private static BridgeOptions OptionsOf(BridgeSection section, Recipe recipe, RecipeOrigins origins) => new()
    {
        Address = new Uri(section.Address),
        Token = TokenOf(section, origins),
        Trusts = section.Authority is { } authority ? AuthorityOf(authority, origins).Trusts : null,
        Client = $"{string.Join(' ', ProvenanceReader.SoftwareVersion.Split('+')[..1])} @ {Environment.MachineName}",
        Detector = section.Detector,
        Channel = section.Channel,
        Size = section.Size,
        SurveyDwell = section.SurveyDwell,
        Current = section.BeamCurrent,
        PixelSize = section.PixelSize,
        Energy = section.Energy is { } energy ? (energy.Origin, energy.Dispersion) : null,
        Heartbeat = section.Heartbeat,
        Dwell = recipe.Exposure.Dwell,
        Longest = recipe.Exposure.Longest,
    };

    private static AsyncroscopyOptions OptionsOf(AsyncroscopySection section, Recipe recipe)
    {
        (string host, int port) = RemoteRules.EndPointOf(section.Address)!.Value;
        return new AsyncroscopyOptions
        {
            Host = host,
            Port = port,
            Channel = section.Channel,
            Size = section.Size,
            SurveyDwell = section.SurveyDwell,
            SpectrumSize = section.SpectrumSize,
            Current = section.BeamCurrent!.Value,
            PixelSize = section.PixelSize!.Value,
            EnergyOrigin = section.Energy!.Origin,
            EnergyDispersion = section.Energy.Dispersion,
            Dwell = recipe.Exposure.Dwell,
            Blanker = section.Blanker?.Open(),
        };
    }

    private static string TokenOf(BridgeSection section, RecipeOrigins origins)
    {
        string token;
        try
        {
            token = OwnerOnlyFile.Read(section.TokenFile, "the bridge's token");
        }
        catch (UsageException exception)
        {
            throw new RecipeException(origins.ErrorAt(
                TokenKey, exception.Message.TrimEnd('.'), "copy the token file of the bridge"));
        }

        return token.Length is >= LeastToken and <= MostToken && token.All(static c => c is > ' ' and <= '~')
            ? token
            : throw new RecipeException(origins.ErrorAt(
                TokenKey, $"{section.TokenFile} holds no token: one line of {LeastToken} to {MostToken} characters",
                "copy the token file of the bridge"));
    }

    private static OwnAuthority AuthorityOf(string path, RecipeOrigins origins)
    {
        try
        {
            return new OwnAuthority(path);
        }
        catch (UsageException exception)
        {
            throw new RecipeException(origins.ErrorAt(
                "microscope.authority", exception.Message.TrimEnd('.'), "name a PEM file with a certificate"));
        }
    }
}
