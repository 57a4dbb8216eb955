using DklActors.Physics.Plugins;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Tests.Scalarizers;

namespace DklActors.Physics.Tests.Plugins;

/// <summary>A scalarizer out of a compiled assembly: this one, loaded once more from its file.</summary>
public sealed class PluginTests
{
    private static readonly string Here = typeof(PluginTests).Assembly.Location;

    private static readonly ScalarizerSpec Spec =
        new ScalarizerSpec("plugin").With(PluginScalarizer.AssemblyFile, Here);

    [Fact]
    public void Its_scalarizer_is_used_with_its_settings()
    {
        IScalarizer scalarizer = ScalarizerCatalog.Create(Spec.With(PluginScalarizer.Settings, "2.5"));

        scalarizer.Evaluate(Sample.RampWith(4, 500)).Value.Should().Be(10);
        scalarizer.Unit.Should().Be("channel");
    }

    [Fact]
    public void Its_identity_holds_the_hash_of_the_file_and_what_it_says_of_itself() =>
        ScalarizerCatalog.Create(Spec).Identity.Should()
            .MatchRegex("^plugin/1 DklActors.Physics.Tests.dll sha256:[0-9a-f]{64} .*largest-channel/1 x1$");

    [Fact]
    public void Settings_that_it_refuses_are_told_in_its_words() =>
        FluentActions.Invoking(() => ScalarizerCatalog.Create(Spec.With(PluginScalarizer.Settings, "much")))
            .Should().Throw<ArgumentException>().WithMessage("*'much' is no factor*");

    [Fact]
    public void A_class_that_is_not_there_is_refused_with_those_that_are() =>
        FluentActions.Invoking(() => ScalarizerCatalog.Create(Spec.With(PluginScalarizer.TypeName, "No.Such")))
            .Should().Throw<ArgumentException>().WithMessage("*No.Such*LargestChannelPlugin*");

    [Fact]
    public void A_file_that_is_no_assembly_is_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "not an assembly");
            FluentActions.Invoking(() => ScalarizerCatalog.Create(Spec.With(PluginScalarizer.AssemblyFile, file)))
                .Should().Throw<ArgumentException>().WithMessage("*cannot be used*BadImageFormat*");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
