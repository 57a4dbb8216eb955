using System.Text;
using DklActors.Host.Trainers.Wire;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Trainers.Tests.Wire;

public sealed class WireJsonTests
{
    private static readonly TrainingJob Job = new()
    {
        JobId = Guid.Parse("0198a1b2-0000-7000-8000-000000000001"),
        Experiment = "20260101-run",
        Version = 3,
        Seed = ulong.MaxValue,
        Learner = new LearnerSpec("default", 200, "managed"),
        Image = new string('b', 64),
        Patch = 16,
        Observations = [new Observation(4, 0.1 + 0.2, 1e-300), new Observation(5, double.NaN, double.PositiveInfinity)],
        WarmStart = new WarmStart("managed-ensemble/1", 2, new string('c', 64)),
        Contents = new Uri("https://scope:5080"),
        DeadlineSeconds = 120,
        Protocol = 1,
        Daemon = "00ff",
        Software = "dkl 0.1.0",
        Attempt = 2,
    };

    [Fact]
    public void A_job_is_read_as_it_was_written_to_the_last_bit()
    {
        TrainingJob read = WireJson.Read<TrainingJob>(Write(Job), TrainerProtocol.LargestJob);

        read.Observations.Should().Equal(Job.Observations);
        (read with { Observations = Job.Observations }).Should().Be(Job);
    }

    [Fact]
    public void A_result_and_a_beat_are_read_as_they_were_written()
    {
        var result = new TrainingResult(
            1, Job.JobId, "run", 3, "node", "managed/1 avx2", TimeSpan.FromMilliseconds(1234.5), JobOutcome.Trained,
            new StoredState("managed/1", 3, new string('d', 64), 123),
            new TrainingReport(10, -0.25, true, 0.1, "odd", new StructureEvidence(1, 2, 3, 0.1, 0.2)), null);
        var beat = new NodeBeat(
            "node", Job.JobId, "cpu", 2, [new BeatJob(Job.JobId, "run", 3, 1.5)], "dkl", "managed/1", 1, 7, true);

        WireJson.Read<TrainingResult>(WireJson.Write(result, 100_000), 100_000).Should().Be(result);
        NodeBeat read = WireJson.Read<NodeBeat>(WireJson.Write(beat, 100_000), 100_000);
        read.Jobs.Should().Equal(beat.Jobs);
        (read with { Jobs = beat.Jobs }).Should().Be(beat);
    }

    [Fact]
    public void A_job_of_another_version_can_still_be_answered()
    {
        string text = Encoding.UTF8.GetString(Write(Job))
            .Replace("\"protocol\":1", "\"protocol\":9,\"novelty\":{\"a\":[1]}").Replace("\"seed\"", "\"grain\"");

        JobEnvelope envelope = WireJson.ReadEnvelope(Encoding.UTF8.GetBytes(text));

        envelope.Should().Be(new JobEnvelope(9, Job.JobId, "00ff", "20260101-run", 3, "dkl 0.1.0"));
        Action read = () => WireJson.Read<TrainingJob>(Encoding.UTF8.GetBytes(text), TrainerProtocol.LargestJob);
        read.Should().Throw<WireException>();
    }

    [Fact]
    public void What_is_too_large_is_neither_written_nor_read()
    {
        TrainingJob large = Job with
        {
            Observations = [.. Enumerable.Range(0, 200_000).Select(static i => new Observation(i, 1.0 / (i + 1), 0.1))],
        };

        Action write = () => Write(large);
        Action read = () => WireJson.Read<Ticket>(new byte[5000], TrainerProtocol.LargestNotice);

        write.Should().Throw<WireException>().WithMessage("A TrainingJob of * bytes is larger than the 4194304 *");
        read.Should().Throw<WireException>().WithMessage("A Ticket of 5000 bytes is larger than the 4096 *");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"daemon\":\"a\"}")]
    [InlineData("{\"daemon\":null,\"experiment\":\"b\"}")]
    [InlineData("{\"daemon\":\"a\",\"experiment\":\"b\",\"more\":1}")]
    [InlineData("{\"daemon\":\"a\",\"daemon\":\"a\",\"experiment\":\"b\"}")]
    public void What_is_no_ticket_is_said_to_be_none(string text)
    {
        Action read = () => WireJson.Read<Ticket>(Encoding.UTF8.GetBytes(text), TrainerProtocol.LargestNotice);

        read.Should().Throw<WireException>().WithMessage("*Ticket*");
    }

    private static byte[] Write(TrainingJob job) => WireJson.Write(job, TrainerProtocol.LargestJob);
}
