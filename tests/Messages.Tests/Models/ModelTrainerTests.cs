using System.Text;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Messages.Serialization;
using DklActors.Messages.Tests.Serialization;

namespace DklActors.Messages.Tests.Models;

public sealed class ModelTrainerTests
{
    [Fact]
    public void A_model_keeps_who_trained_it()
    {
        var trainer = new ModelTrainer("gpu-1", "managed/1 avx512", null);

        string text = Encoding.UTF8.GetString(EventJson.Write(Sample() with { Trainer = trainer }));
        var read = (ModelTrained)EventJson.Read("model-trained", 1, Encoding.UTF8.GetBytes(text));

        text.Should().Contain("\"trainer\":{\"node\":\"gpu-1\",\"engine\":\"managed/1 avx512\",\"fallback\":null}");
        read.Trainer.Should().Be(trainer);
    }

    [Fact]
    public void Of_a_run_whose_trainings_never_leave_nothing_is_written()
    {
        byte[] content = EventJson.Write(Sample());

        Encoding.UTF8.GetString(content).Should().NotContain("trainer");
        ((ModelTrained)EventJson.Read("model-trained", 1, content)).Trainer.Should().BeNull();
    }

    private static ModelTrained Sample() => ContractEvents.All.OfType<ModelTrained>().Single();
}
