using DklActors.Host.Trainers.Secrets;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Trainers.Tests.Wire;

public sealed class MessageSealTests
{
    private static readonly MessageSeal Seal = new(new TrainerToken("a token of some length"));

    [Fact]
    public void One_knows_ones_own_signature_as_text_and_as_the_broker_gives_it()
    {
        byte[] body = "{}"u8.ToArray();
        string signature = Seal.Sign(MessageKind.Result, body);

        IsGenuine(MessageKind.Result, body, signature).Should().BeTrue();
        IsGenuine(MessageKind.Result, body, System.Text.Encoding.ASCII.GetBytes(signature)).Should().BeTrue();
    }

    [Fact]
    public void No_kind_of_message_passes_for_another()
    {
        byte[] body = "{}"u8.ToArray();
        foreach (MessageKind kind in Enum.GetValues<MessageKind>())
        {
            string signature = Seal.Sign(kind, body);
            Enum.GetValues<MessageKind>().Where(other => IsGenuine(other, body, signature)).Should().Equal(kind);
        }
    }

    [Fact]
    public void A_bit_of_the_body_or_of_the_signature_or_another_token_is_noticed()
    {
        byte[] body = "{\"a\":1}"u8.ToArray();
        string signature = Seal.Sign(MessageKind.Job, body);
        var other = new MessageSeal(new TrainerToken("another token, as long"));

        IsGenuine(MessageKind.Job, "{\"a\":2}"u8.ToArray(), signature).Should().BeFalse();
        IsGenuine(MessageKind.Job, body, other.Sign(MessageKind.Job, body)).Should().BeFalse();
        foreach (object? wrong in new object?[] { null, "", signature[1..], "g" + signature[1..], 7, new byte[3] })
        {
            IsGenuine(MessageKind.Job, body, wrong).Should().BeFalse();
        }

        Seal.IsGenuine(MessageKind.Job, body, null).Should().BeFalse();
    }

    private static bool IsGenuine(MessageKind kind, byte[] body, object? header) =>
        Seal.IsGenuine(kind, body, new Dictionary<string, object?> { [MessageSeal.Header] = header });
}
