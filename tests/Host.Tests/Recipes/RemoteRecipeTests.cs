using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Recipes;

/// <summary>Recipes that name a microscope by its address.</summary>
public sealed class RemoteRecipeTests : IDisposable
{
    private const string Bridge = """
        version: 1
        name: remote
        microscope:
          kind: bridge
          address: http://127.0.0.1:7840
          tokenFile: scope.token
          detectorId: eels
          size: 64 px
        patch: 9 px
        scalarizer:
          kind: band-mean
          window: 1.9 eV .. 2.5 eV
        """;

    private const string Asyncroscopy = """
        version: 1
        name: remote
        microscope:
          kind: asyncroscopy
          address: localhost:9000
          size: 64 px
          beamCurrent: 50 pA
          pixelSize: 0.1 nm
          energyOrigin: 0 eV
          energyDispersion: 0.1 eV
          beamReadBack: none
        patch: 9 px
        scalarizer:
          kind: band-mean
          window: 1.9 eV .. 2.5 eV
        """;

    private readonly RecipeFolder _folder = new();

    public RemoteRecipeTests() => File.WriteAllText(Path.Combine(_folder.Root, "scope.token"), "x");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bridge_is_read_with_what_it_says_left_open()
    {
        var section = (BridgeSection)_folder.Read(Bridge).Microscope;

        section.TokenFile.Should().Be(Path.Combine(_folder.Root, "scope.token"));
        section.Size.Should().Be(new GridShape(64, 64));
        section.Heartbeat.Should().Be(TimeSpan.FromSeconds(3));
        section.SurveyDwell.Should().Be(TimeSpan.FromMicroseconds(2));
        (section.BeamCurrent, section.PixelSize, section.Energy).Should().Be((null, null, null));
        ((BridgeSection)_folder.Read(Bridge, ("microscope.columns", "96 px")).Microscope).Size
            .Should().Be(new GridShape(64, 96));
    }

    [Theory]
    [InlineData(Bridge)]
    [InlineData(Asyncroscopy)]
    public void Written_out_it_reads_back_as_the_same(string yaml)
    {
        Recipe recipe = _folder.Read(yaml, ("microscope.columns", "64 px"), ("microscope.beamCurrent", "51 pA"));

        Recipe again = _folder.Read(recipe.ToYaml());

        again.Should().Be(recipe);
        again.ToYaml().Should().Be(recipe.ToYaml());
    }

    [Fact]
    public void Where_the_microscope_is_does_not_change_the_experiment()
    {
        // In an override a path starts at the current folder.
        string other = Path.Combine(_folder.Root, "other.token");
        File.WriteAllText(other, "x");
        Recipe recipe = _folder.Read(Bridge);
        string hash = recipe.Hash;

        _folder.Read(Bridge, ("microscope.address", "https://scope:7840")).Hash.Should().Be(hash);
        _folder.Read(Bridge, ("microscope.tokenFile", other)).Hash.Should().Be(hash);
        _folder.Read(Bridge, ("microscope.detectorId", "camera")).Hash.Should().NotBe(hash);
        RecipeWriter.HashOfWritten(recipe.ToYaml()).Should().Be(hash);
    }

    [Theory]
    [InlineData("microscope.address", "http://scope:7840", "http would send the token for all to read")]
    [InlineData("microscope.address", "http://user:secret@127.0.0.1:7840", "the address holds a secret")]
    [InlineData("microscope.address", "127.0.0.1:7840", "is no address of a bridge")]
    [InlineData("microscope.address", "https://scope:7840/v1", "is no address of a bridge")]
    [InlineData("microscope.tokenFile", "nowhere", "there is no file")]
    [InlineData("microscope.authority", "nowhere", "there is no file")]
    [InlineData("microscope.energyOrigin", "1 eV", "energyDispersion")]
    [InlineData("microscope.settle", "1 ms", "preacquired or simulated")]
    [InlineData("microscope.blanker", "file:line", "preacquired, simulated or asyncroscopy")]
    [InlineData("microscope.heartbeat", "100 ms", "heartbeat")]
    public void What_cannot_be_is_an_error_at_its_key(string key, string value, string words) =>
        _folder.ErrorsOf(Bridge, (key, value)).Should().ContainSingle(error => error.Contains(words));

    [Fact]
    public void Asyncroscopy_needs_what_it_does_not_tell_and_somebody_who_reads_the_beam_back()
    {
        _folder.ErrorsOf(Asyncroscopy.Replace("  beamReadBack: none\n", "")).Should()
            .ContainSingle(error => error.Contains("beamReadBack: none"));
        _folder.ErrorsOf(Asyncroscopy.Replace("  pixelSize: 0.1 nm\n", "").Replace("  beamCurrent: 50 pA\n", ""))
            .Should().HaveCount(2);
        _folder.Read(Asyncroscopy.Replace("beamReadBack: none", "blanker: file:line")).Microscope
            .Should().BeOfType<AsyncroscopySection>().Which.GoesWithoutReadBack.Should().BeFalse();
    }
}
