using System.Text;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Messages.Serialization;
using DklActors.Messages.Tests.Serialization;

namespace DklActors.Messages.Tests.Models;

public sealed class StructureEvidenceTests
{
    // Densities of structure, position and constant, and the errors of the two differences.
    [Theory]
    [InlineData(1.0, 0.0, -1.0, 0.4, 0.1, StructureVerdict.Helps)]
    [InlineData(1.0, 0.0, -1.0, 0.6, 0.1, StructureVerdict.Undecided)]
    [InlineData(1.0, 0.0, -1.0, 1.1, 0.1, StructureVerdict.PositionSuffices)]
    [InlineData(0.0, 0.0, -1.0, 0.0, 0.4, StructureVerdict.PositionSuffices)]
    [InlineData(-0.5, 0.0, -1.0, 0.1, 0.4, StructureVerdict.PositionSuffices)]
    [InlineData(0.1, 0.0, -0.1, 0.2, 0.2, StructureVerdict.Undecided)]
    [InlineData(-0.3, -0.1, -0.2, 0.2, 0.2, StructureVerdict.NothingPredicts)]
    [InlineData(0.0, 0.0, 0.0, 0.0, 0.0, StructureVerdict.NothingPredicts)]
    public void The_verdict_needs_two_standard_errors(
        double structure, double position, double constant, double structureError, double positionError,
        StructureVerdict expected) =>
        new StructureEvidence(structure, position, constant, structureError, positionError).Verdict
            .Should().Be(expected);

    [Fact]
    public void A_report_keeps_its_evidence_and_stores_no_verdict()
    {
        var evidence = new StructureEvidence(-0.5, -0.75, -1.5, 0.125, 0.25);

        string text = Encoding.UTF8.GetString(EventJson.Write(Trained(evidence)));
        var read = (ModelTrained)EventJson.Read("model-trained", 1, Encoding.UTF8.GetBytes(text));

        text.Should().Contain(
            "\"evidence\":{\"structure\":-0.5,\"position\":-0.75,\"constant\":-1.5,"
            + "\"structureError\":0.125,\"positionError\":0.25}");
        text.Should().NotContainEquivalentOf("verdict");
        read.Report.Evidence.Should().Be(evidence);
    }

    [Fact]
    public void Without_evidence_the_property_is_not_written_and_a_report_without_it_is_read()
    {
        byte[] content = EventJson.Write(Trained(null));
        Encoding.UTF8.GetString(content).Should().NotContain("evidence");
        ((ModelTrained)EventJson.Read("model-trained", 1, content)).Report.Evidence.Should().BeNull();
    }

    private static ModelTrained Trained(StructureEvidence? evidence)
    {
        ModelTrained sample = ContractEvents.All.OfType<ModelTrained>().Single();
        return sample with { Report = sample.Report with { Evidence = evidence } };
    }
}
