package dev.melt.jetson.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/** Logs in with a key that an agent holds (RFC 4252, section 7). */
final class AgentAuth extends AbstractAuthMethod {
    private final AgentKeys agent;
    private final AgentKeys.Key key;

    AgentAuth(AgentKeys agent, AgentKeys.Key key) {
        super("publickey");
        this.agent = agent;
        this.key = key;
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        try {
            SSHPacket request = super.buildReq();
            request.putBoolean(true).putString(key.algorithm()).putString(key.blob());
            byte[] signed = new Buffer.PlainBuffer()
                    .putString(params.getTransport().getSessionID())
                    .putBuffer(request)
                    .getCompactData();
            request.putString(agent.sign(key, signed));
            return request;
        } catch (UserAuthException e) {
            throw e;
        } catch (IOException e) {
            throw new UserAuthException("the agent does not sign with " + key.comment(), e);
        }
    }
}
